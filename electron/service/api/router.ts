import { badgeProcedures } from './badge-procedures.ts';
import { contract } from './procedure.ts';
import { drugLogProcedures } from './drug-log-procedures.ts';
import { liveProcedures } from './live-procedures.ts';
import { lookProcedures } from './look-procedures.ts';
import { patientProcedures } from './patient-procedures.ts';
import { privateNoteProcedures } from './private-note-procedures.ts';
import { printProcedures } from './print-procedures.ts';
import { protocolProcedures } from './protocol-procedures.ts';
import { recoveryKeyProcedures } from './recovery-key-procedures.ts';
import { sessionProcedures } from './session-procedures.ts';
import { signingProcedures } from './signing-procedures.ts';
import { setupProcedures } from './setup-procedures.ts';
import { staffProcedures } from './staff-procedures.ts';
import { textPackProcedures } from './text-pack-procedures.ts';

/** The contract, carried out. The same value behind every transport. */
export const roomRouter = contract.router({
  live: liveProcedures,
  staff: { ...staffProcedures, ...badgeProcedures },
  setup: setupProcedures,
  textPacks: textPackProcedures,
  patients: patientProcedures,
  private: privateNoteProcedures,
  protocols: protocolProcedures,
  recoveryKeys: recoveryKeyProcedures,
  session: sessionProcedures,
  print: printProcedures,
  looks: lookProcedures,
  signing: signingProcedures,
  drugLog: drugLogProcedures,
});
