import { userInfo } from 'node:os';

/** Who gives a command, as the system calls them; an account that it does not name goes by its number. */
export function systemAccount(): string {
  try {
    return userInfo().username.slice(0, 120);
  } catch {
    return `number ${process.getuid?.() ?? 'unknown'}`;
  }
}
