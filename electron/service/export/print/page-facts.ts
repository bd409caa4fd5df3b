import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import { showShort } from '../../../../shared/values/quantity.ts';
import { margin } from './page-places.ts';
import { hoursOf, minuteOf, spanOf, valueOf, whenOf } from './print-words.ts';
import { ink, type Sheet } from './sheet.ts';

interface Fact {
  readonly term: string;
  readonly figure: string;
  readonly unit: string;
  readonly under: string;
}

/** Where the eight figures stand across the page. */
const columns = [39, 211, 389, 504, 681, 848, 973, 1135];
const none = '–';

/** The figures of a session, as on the record screen. What is not there is a dash with its reason. */
export function drawFacts(sheet: Sheet, document: RecordDocument): void {
  for (const [index, { term, figure, unit, under }] of pageFacts(document).entries()) {
    const x = columns[index] ?? margin.left;
    const room = (columns[index + 1] ?? margin.right + 8) - x - 8;
    sheet.text(x, 85, 10.8, term, { gray: ink.lesser });
    const width = sheet.text(x, 107, 20, figure, { bold: true });
    sheet.text(x + width + 6, 107, 12.5, unit);
    sheet.text(x, 122, 10.8, sheet.clipped(under, 10.8, room));
  }
  sheet.rule(131, margin.left, margin.right, 0.9);
}

export function pageFacts(document: RecordDocument): readonly Fact[] {
  return [...doseFacts(document), ...pressureFacts(document), ...otherFacts(document)];
}

function doseFacts(document: RecordDocument): Fact[] {
  const { facts, session } = document;
  const administrations = valueOf(document, 'gifts');
  const [mg, perKg, elapsed] = [
    valueOf(document, 'delivered'),
    valueOf(document, 'delivered-per-kg'),
    valueOf(document, 'infusion-elapsed'),
  ];
  const weight = session.weight === null ? 'no weight' : `${showShort(session.weight.kg, 1)} kg`;
  return [
    {
      term: 'dose delivered',
      figure: mg === null ? none : showShort(mg, administrations === null ? 2 : 3),
      unit: mg === null ? '' : 'mg',
      under: mg === null ? reason(facts.delivered) : `${perKg === null ? '' : `${showShort(perKg, 3)} mg/kg · `}${weight}`,
    },
    administrations !== null
      ? {
          term: 'given',
          figure: String(administrations),
          unit: administrations === 1 ? 'time' : 'times',
          under: administrations === 1 ? '' : `last ${whenOf(facts.gifts)}`,
        }
      : {
          term: 'infusion',
          figure: elapsed === null ? none : spanOf(elapsed),
          unit: '',
          under: elapsed === null ? reason(facts['infusion-elapsed']) : infusionWords(document),
        },
  ];
}

/** Three lengths that make up the fourth: a bag that ran empty gives nothing, and is no pause. */
function infusionWords(document: RecordDocument): string {
  const [running, paused, empty] = (['infusion-running', 'infusion-paused', 'infusion-empty'] as const).map(
    (key) => valueOf(document, key) ?? 0,
  );
  return [`running ${spanOf(running ?? 0)}`, `paused ${spanOf(paused ?? 0)}`, ...(empty ? [`bag empty ${spanOf(empty)}`] : [])].join(' · ');
}

function pressureFacts(document: RecordDocument): Fact[] {
  const { facts } = document;
  const pair = (sys: number | null, dia: number | null): string => (sys === null || dia === null ? none : `${sys}/${dia}`);
  const [sys, dia] = [valueOf(document, 'baseline-sys'), valueOf(document, 'baseline-dia')];
  const [peakSys, peakDia] = [valueOf(document, 'peak-sys'), valueOf(document, 'peak-dia')];
  const [riseSys, riseDia] = [valueOf(document, 'rise-sys'), valueOf(document, 'rise-dia')];
  const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);
  return [
    {
      term: 'baseline BP',
      figure: pair(sys, dia),
      unit: '',
      under: sys === null ? reason(facts['baseline-sys']) : whenOf(facts['baseline-sys']),
    },
    {
      term: 'highest BP',
      figure: pair(peakSys, peakDia),
      unit: '',
      under:
        peakSys === null
          ? reason(facts['peak-sys'])
          : `${whenOf(facts['peak-sys'])}${riseSys === null || riseDia === null ? '' : ` · ${signed(riseSys)}/${signed(riseDia)} over baseline`}`,
    },
  ];
}

function otherFacts(document: RecordDocument): Fact[] {
  const { facts } = document;
  const [pulse, spo2, cadss, back] = [facts['highest-pulse'], facts['lowest-spo2'], facts['cadss-peak'], facts['return-to-baseline']];
  const [after, stay] = [valueOf(document, 'return-to-baseline-after-end'), valueOf(document, 'length-of-stay')];
  const stayWords = stay === null ? '' : `stay ${hoursOf(stay)}`;
  return [
    {
      term: 'highest pulse',
      figure: pulse.value === null ? none : String(pulse.value),
      unit: pulse.value === null ? '' : '/min',
      under: pulse.value === null ? reason(pulse) : whenOf(pulse),
    },
    {
      term: 'lowest SpO₂',
      figure: spo2.value === null ? none : String(spo2.value),
      unit: spo2.value === null ? '' : '%',
      under: spo2.value === null ? reason(spo2) : whenOf(spo2),
    },
    {
      term: 'highest CADSS',
      figure: cadss.value === null ? none : String(cadss.value),
      unit: cadss.value === null ? '' : cadss.unit,
      under: cadss.value === null ? 'none complete' : whenOf(cadss),
    },
    {
      term: 'back to baseline',
      figure: back.value === null ? none : minuteOf(back.value),
      unit: '',
      under: [after === null ? (back.value === null ? reason(back) : '') : `${spanOf(after)} after`, stayWords]
        .filter((part) => part !== '')
        .join(' · '),
    },
  ];
}

function reason(figure: RecordDocument['facts']['delivered']): string {
  return figure.value === null ? figure.absent : '';
}
