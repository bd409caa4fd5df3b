import { app } from 'electron';
import type { RoomServiceProcess } from './room-service-process.ts';

/** The windows are gone by now; the program stays until the service has closed the record. */
export function stopBeforeQuitting(service: RoomServiceProcess): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    void service.stop().then(() => app.exit());
  });
}
