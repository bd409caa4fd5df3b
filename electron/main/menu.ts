import { Menu } from 'electron';

/** A treatment room has no use for a menu bar, and its shortcuts (reload, close) would take the screen away. */
export function removeMenu(): void {
  Menu.setApplicationMenu(null);
}
