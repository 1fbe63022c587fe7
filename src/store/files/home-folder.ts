import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/**
 * The user's home folder; undefined if there is none, for example in a container whose user id has
 * no account.
 */
export function homeFolder(): string | undefined {
  try {
    const folder = homedir();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
