import { contextBridge, ipcRenderer } from 'electron';
import { roomPortMessage, type ShellApi } from '../../shared/shell/shell-api.ts';
import { shellChannels } from '../../shared/shell/shell-channels.ts';

/** A port cannot cross the bridge; it reaches the page by the window's own message. */
ipcRenderer.on(shellChannels.roomPort, (event) => {
  window.postMessage(roomPortMessage, window.origin, event.ports);
});

const shell: ShellApi = {
  kind: 'desktop',
  requestRoomPort: () => ipcRenderer.invoke(shellChannels.requestRoomPort) as Promise<void>,
  onRoomLost: (task) => listen(shellChannels.roomLost, task),
  onRoomRefused: (task) => listen(shellChannels.roomRefused, task),
  isKiosk: () => ipcRenderer.invoke(shellChannels.isKiosk) as Promise<boolean>,
  print: () => ipcRenderer.invoke(shellChannels.print) as Promise<void>,
};

function listen<T>(channel: string, task: (message: T) => void): () => void {
  const listener = (_event: unknown, message: T): void => task(message);
  ipcRenderer.on(channel, listener);
  return () => ipcRenderer.off(channel, listener);
}

contextBridge.exposeInMainWorld('vigilShell', shell);
