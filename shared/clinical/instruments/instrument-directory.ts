import type { InstrumentId } from '../instrument-id.ts';
import type { Instrument } from '../instrument.ts';
import { cadss23, cadss6 } from './cadss.ts';
import { moaaS } from './moaa-s.ts';
import { rass } from './rass.ts';
import { suds } from './suds.ts';

/** Every instrument that can be rated in the room. */
export const instruments: Readonly<Record<InstrumentId, Instrument>> = {
  'cadss-23': cadss23,
  'cadss-6': cadss6,
  'moaa-s': moaaS,
  suds,
  rass,
};
