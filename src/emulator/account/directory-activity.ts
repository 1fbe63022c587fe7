/** A change in the directory, as its audit log tells it. */
export interface DirectoryActivity {
  readonly id: string;
  readonly at: string;
  readonly activity: string;
  readonly category: "UserManagement" | "GroupManagement" | "RoleManagement";
  readonly operationType: "Add" | "Update" | "Delete" | "Assign" | "Unassign";
  readonly targets: readonly {
    readonly type: "User" | "Group" | "Role";
    readonly id: string;
    readonly name: string;
  }[];
  readonly userId?: string;
  readonly userPrincipalName?: string;
  readonly applicationId?: string;
}
