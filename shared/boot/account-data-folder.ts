/** What an operating system says about an account and its folders. */
export interface Account {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/**
 * Where this account's room is when nobody names a folder, as the parts of a path. Both shells and the command line
 * use this one answer: a room must not have two records that depend on how it was opened.
 */
export function accountDataFolder({ platform, environment, homeFolder }: Account): readonly string[] {
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    // Never the roaming profile, which Windows copies to a server.
    return [...(local === undefined ? [homeFolder, 'AppData', 'Local'] : [local]), 'Vigil', 'room'];
  }
  if (platform === 'darwin') return [homeFolder, 'Library', 'Application Support', 'Vigil', 'room'];
  const data = environment['XDG_DATA_HOME'];
  return [...(data === undefined ? [homeFolder, '.local', 'share'] : [data]), 'vigil', 'room'];
}
