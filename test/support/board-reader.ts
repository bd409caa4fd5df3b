import type { BoardView } from '../../electron/service/projection/live-feed.ts';

/** A page at which somebody sits who may read what was recorded. */
export const readsRecords = (): BoardView => ({ people: [], covered: [], readsRecords: true, seesFigures: true });
