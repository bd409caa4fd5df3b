import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { createCapnostreamSimulator } from './capnostream/simulator.ts';
import { createDatexSimulator } from './datex-dri/simulator.ts';
import { createDinamapSimulator } from './dinamap/simulator.ts';
import { createHl7Simulator } from './hl7-oru/simulator.ts';
import { createIntellivueSimulator } from './intellivue/simulator.ts';
import { createMasimoSimulator } from './masimo-ascii1/simulator.ts';
import { createNellcorSimulator } from './nellcor-n560/simulator.ts';
import { createNoninAsciiSimulator } from './nonin-ascii/simulator.ts';
import { createNoninDf8Simulator } from './nonin-df8/simulator.ts';
import { createNoninSimulator } from './nonin/simulator.ts';
import type { DeliveredMg } from '../simulation/physiology.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { SimulatedMonitor } from '../simulation/simulated-monitor.ts';

/** A monitor of the protocol on the scenario's patient; `deliveredMg` drives a generic patient, see `physiologyAt`. */
export function createSimulatedMonitor(protocol: MonitorProtocolId, scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  switch (protocol) {
    case 'masimo-ascii1':
      return createMasimoSimulator(scenario, deliveredMg);
    case 'nellcor-n560':
      return createNellcorSimulator(scenario, deliveredMg);
    case 'nonin-df2':
      return createNoninSimulator(2, scenario, deliveredMg);
    case 'nonin-df7':
      return createNoninSimulator(7, scenario, deliveredMg);
    case 'nonin-df8':
      return createNoninDf8Simulator(scenario, deliveredMg);
    case 'nonin-ascii':
      return createNoninAsciiSimulator(scenario, deliveredMg);
    case 'dinamap':
      return createDinamapSimulator(scenario, deliveredMg);
    case 'intellivue':
      return createIntellivueSimulator(scenario, deliveredMg, { mode: scenario.monitorMode });
    case 'capnostream':
      return createCapnostreamSimulator(scenario, deliveredMg);
    case 'datex-dri':
      return createDatexSimulator(scenario, deliveredMg);
    case 'hl7-oru':
      return createHl7Simulator(scenario, deliveredMg);
    default:
      return assertNever(protocol);
  }
}
