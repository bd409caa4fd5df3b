import type { InstrumentId } from '../instrument-id.ts';
import type { Instrument } from '../instrument.ts';
import { aldrete } from './aldrete.ts';
import { auditC } from './audit-c.ts';
import { bprsPositive } from './bprs-positive.ts';
import { cSsrsScreener, cSsrsSinceContact } from './c-ssrs-screener.ts';
import { cadss23, cadss6 } from './cadss.ts';
import { ebi } from './ebi.ts';
import { gad7 } from './gad-7.ts';
import { madrs } from './madrs.ts';
import { meq30 } from './meq-30.ts';
import { moaaS } from './moaa-s.ts';
import { cravingVas, nrsAnxiety, nrsNausea, nrsPain } from './numeric-scales.ts';
import { padss } from './padss.ts';
import { pcl5 } from './pcl-5.ts';
import { phq9 } from './phq-9.ts';
import { qidsSr16 } from './qids-sr16.ts';
import { ramsay } from './ramsay.ts';
import { rass } from './rass.ts';
import { suds } from './suds.ts';

/** Every instrument that can be rated in the room. */
export const instruments: Readonly<Record<InstrumentId, Instrument>> = {
  'cadss-23': cadss23,
  'cadss-6': cadss6,
  'moaa-s': moaaS,
  suds,
  rass,
  ramsay,
  aldrete,
  padss,
  'bprs-positive': bprsPositive,
  'nrs-pain': nrsPain,
  'nrs-nausea': nrsNausea,
  'nrs-anxiety': nrsAnxiety,
  'phq-9': phq9,
  'gad-7': gad7,
  'pcl-5': pcl5,
  'c-ssrs-screener': cSsrsScreener,
  'c-ssrs-since-contact': cSsrsSinceContact,
  'audit-c': auditC,
  'qids-sr16': qidsSr16,
  madrs,
  'craving-vas': cravingVas,
  'meq-30': meq30,
  ebi,
};
