import type { Project, View, Writers } from "../operations/project/project.ts";
import { settle } from "../operations/settle/settle.ts";
import { isPurchase } from "../operations/settle/infer-outcome.ts";

interface Account {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
}

/**
 * Settles open purchases as `didNotHappen` if the account does not show their object, as a person
 * would after looking at the account. Leaves the others to the next apply, and those that propose:
 * reading their proposal settles them.
 */
export async function lookAfterPurchases({ project, view, writers }: Account): Promise<void> {
  const { kinds } = project;
  const { reader, signal } = view;
  for (const intent of Object.values((await view.state()).open)) {
    if (intent.proposes || !isPurchase(intent, { kinds, supports: reader.supports })) continue;
    const { kind, parentId, existing = [], change } = intent;
    const query = { kind, thorough: true, ...(parentId !== undefined && { parentId }) } as const;
    let shows = false;
    for await (const { id, key } of reader.read(query, signal))
      shows ||= key === intent.key && !existing.includes(id);
    if (!shows)
      await settle(project, view, writers, {
        change,
        didNotHappen: true,
        actor: "somebody who has looked",
      });
  }
}
