import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of settings, the project, git, adapters and policies. */
export const settingsCodes = describeCodes({
  "adapter/broken": {
    means: say`A module that the settings name as adapter cannot be loaded.`,
    hint: say`The message holds the error of the module.`,
  },
  "adapter/no-export": {
    means: say`A module that the settings name as adapter exports no function named adapter.`,
    hint: say`Export one.`,
  },
  "adapter/not-found": {
    means: say`The settings name an adapter that is neither built in nor installed.`,
    hint: say`Install the package, or correct the name.`,
  },
  "adapter/options": {
    means: say`The options of an adapter in the settings are wrong.`,
    hint: say`Correct the field that the message names.`,
  },
  "adapter/shape": {
    means: say`What a module returns is not an adapter.`,
    hint: say`The message names what it lacks.`,
  },
  "base/not-default": {
    means: say`Only the default branch decides about settings, modules and policies.`,
    hint: say`Propose the change for the default branch.`,
  },
  "base/unknown-default": {
    means: say`Nobody can say which branch of the repository is the default one.`,
    hint: say`Run git remote set-head origin --auto.`,
  },
  "git/checkout-unknown": {
    means: say`Git cannot say whether all manifests are checked out.`,
    hint: say`The message holds the words of git.`,
  },
  "git/missing": {
    means: say`Git cannot be started.`,
    hint: say`Install git, or add it to PATH.`,
  },
  "git/not-a-repository": {
    means: say`The folder is not in a git repository.`,
    hint: say`Run git init, or name folders instead of revisions.`,
  },
  "git/not-yours": {
    means: say`The git repository belongs to another user, so git refuses to read it.`,
    hint: say`Run git config --global --add safe.directory FOLDER.`,
  },
  "git/unknown-revision": {
    means: say`Git knows no revision of this name.`,
    hint: say`Fetch it, or correct the name.`,
  },
  "init/identity": {
    means: say`The identity file of a new project holds no age identity.`,
    hint: say`Remove the file, or create it with age-keygen.`,
  },
  "init/not-allowed": {
    means: say`The account does not allow something that a project needs.`,
    hint: say`Give the application or the user the permission that is named.`,
  },
  "init/other-settings": {
    means: say`A project's settings differ from what the command line says of its account.`,
    hint: say`Change the settings, or leave the options out.`,
  },
  "init/plan-not-empty": {
    means: say`The first plan of an account that was just exported has changes.`,
    hint: say`Use partnerctl pull to bring the changes into the manifests.`,
  },
  "init/stopped": {
    means: say`A step of partnerctl init --from-account failed.`,
    hint: say`Mend what is said before it, and give the same command again.`,
  },
  "login/none": {
    means: say`The adapter of the settings has no sign-in.`,
    hint: say`Choose another adapter or environment.`,
  },
  "login/port": {
    means: say`The port that the browser is sent back to cannot be listened on.`,
    hint: say`Close what uses it, or choose another redirectUri.`,
  },
  "policy/duplicate": {
    means: say`Two policies or two suppressions have the same name.`,
    hint: say`Rename one of them.`,
  },
  "policy/evaluation": {
    means: say`An expression of a policy failed on an object.`,
    hint: say`Guard the field with has(), and add a test for it.`,
  },
  "policy/expression": {
    means: say`An expression of a policy is not valid CEL, or names an unknown field.`,
    hint: say`\`partnerctl schema Policy\` lists what it can use.`,
  },
  "policy/none": {
    means: say`The folder of policies does not exist.`,
    hint: say`Write policies there, or name their files.`,
  },
  "policy/suppressed": {
    means: say`A finding of a policy is suppressed, with a reason and an end.`,
  },
  "policy/suppression-address": {
    means: say`A suppression names an object that no manifest declares.`,
    hint: say`Correct the address, or remove the suppression.`,
  },
  "policy/suppression-expired": {
    means: say`A suppression has ended, so its finding is shown again.`,
    hint: say`Correct the finding, or renew the suppression.`,
  },
  "policy/suppression-unused": {
    means: say`A suppression suppresses nothing.`,
    hint: say`Remove it.`,
  },
  "policy/unknown": {
    means: say`A suppression names a policy that does not exist.`,
    hint: say`Correct the name, or remove the suppression.`,
  },
  "policy/untested": {
    means: say`A policy has no tests.`,
    hint: say`Add tests to it.`,
  },
  "project/no-base": {
    means: say`The revision given with --base holds no settings.`,
    hint: say`Name a revision that has a partnerctl.yaml.`,
  },
  "project/none": {
    means: say`There is no partnerctl.yaml in this folder or above it.`,
    hint: say`Run partnerctl init, or name the folder with --project.`,
  },
  "project/state-link": {
    means: say`The tool's own folder is a link, so its data would lie elsewhere.`,
    hint: say`Replace the link with a folder.`,
  },
  "secret/command": {
    means: say`A command that gives or keeps a secret failed.`,
    hint: say`Run it by hand; PARTNERCTL_CHILD_ENVIRONMENT names the variables that it needs.`,
  },
  "secret/not-kept": {
    means: say`Newer refresh tokens cannot be kept where the first one comes from.`,
    hint: say`Take it from a file that can be written, or from a command with keep.`,
  },
  "secret/under-review": {
    means: say`Settings of a branch under review name a command, which is not run.`,
    hint: say`Take the settings from the default branch with --base.`,
  },
  "secret/value": {
    means: say`What a file or a command gives as a secret is empty or has several lines.`,
    hint: say`Make it give the secret alone.`,
  },
  "settings/document": {
    means: say`The settings file is not one mapping.`,
    hint: say`Start again from partnerctl init.`,
  },
  "settings/secret-in-file": {
    means: say`A secret is written in the settings.`,
    hint: say`Put it in an environment variable, and write \${NAME} here.`,
  },
  "settings/secret-line-break": {
    means: say`An environment variable with a secret holds a line break.`,
    hint: say`Set it again without one.`,
  },
  "settings/time-zone": {
    means: say`The settings name a time zone that does not exist.`,
    hint: say`Write one such as Asia/Shanghai.`,
  },
  "settings/unknown-environment": {
    means: say`--env names an environment that the settings do not have.`,
    hint: say`Use one that is listed, or add it to the settings.`,
  },
  "settings/variable-not-allowed": {
    means: say`A variable stands in a field of the settings that allows none.`,
    hint: say`Write the value itself.`,
  },
  "settings/variable-unset": {
    means: say`An environment variable that the settings need is not set.`,
    hint: say`Set it.`,
  },
  "scaffold/column": {
    means: say`The first row of a table names a column twice, or a column that is no field.`,
    hint: say`Name the columns as partnerctl scaffold KIND names the fields.`,
  },
  "scaffold/exists": {
    means: say`A file that a manifest was to be written to exists already.`,
    hint: say`Give another file with --out.`,
  },
  "scaffold/table": {
    means: say`A file is no table: a workbook, an empty file, or quotation marks that do not match.`,
    hint: say`Save the sheet as CSV.`,
  },
});
