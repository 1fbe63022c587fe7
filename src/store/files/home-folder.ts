import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/** The user's own folder; undefined where there is none, as in a container that runs under a number no user has. */
export function homeFolder(): string | undefined {
  try {
    const folder = homedir();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
