import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { MetricId } from '../../../../shared/clinical/metric.ts';
import type { AbsentReason, Quality, Reading } from '../../../../shared/clinical/reading.ts';
import { isoOfCalendarMs } from '../device-calendar.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { createCuff } from './cuff.ts';
import {
  ambientPressureAt,
  co2At,
  ecgAt,
  ecgHeartRateAt,
  firstTemperatureAt,
  groupsOfClass,
  heartRateAt,
  impedanceRateAt,
  respRateAt,
  type Field,
  type Group,
} from './layout.ts';
import { absenceOf, co2Status, cuffLabel, ecgStatus, groupStatus, heartRateSource, noData } from './measurement.ts';
import { i16, u16, u32 } from './record.ts';

type Tell = (reading: Reading) => void;

/** Of the label of a temperature: in the airway, of the room. */
const notOfTheBody: readonly number[] = [8, 9];
/** Places in a block are words. */
const blockWords = 135;
/** Some monitors count from 1970 as unset. */
const earliestTimeS = 86_400;

/** One block as it is read: everything a field needs to know. */
interface Block {
  readonly body: Uint8Array;
  readonly at: number;
  readonly plain: ReadingContext;
  readonly tell: Tell;
  /** Words of fields of this class that were measured when they were heard last. */
  readonly measured: Uint8Array;
}

/** The readings of physiological subrecords. Remembers what is told once: the cuff, and that a value without an id of ours is gone. */
export class Numerics {
  readonly #measured = groupsOfClass.map(() => new Uint8Array(blockWords));
  readonly #present = groupsOfClass.map((groups) => new Uint8Array(groups.length));
  readonly #cuff = createCuff();
  #cuffMadeAtS: number | null = null;
  #hasRespiration = false;
  #timeS = Number.NaN;
  #plain: ReadingContext = { flags: [], deviceTime: null };

  /** Another monitor is on the line: nothing known of the last one holds. */
  forget(): void {
    for (const words of [...this.#measured, ...this.#present]) words.fill(0);
    this.#cuff.forget();
    this.#cuffMadeAtS = null;
    this.#hasRespiration = false;
  }

  /** When the cuff ran last, by the monitor's calendar; 0: not known. */
  setCuffTime(timeS: number): void {
    this.#cuffMadeAtS = timeS === 0 ? null : timeS;
  }

  /** The 270 bytes at `at` of a class; a class that is not known gives nothing. */
  publish(body: Uint8Array, at: number, blockClass: number, timeS: number, tell: Tell): void {
    const groups = groupsOfClass[blockClass];
    const measured = this.#measured[blockClass];
    const present = this.#present[blockClass];
    if (groups === undefined || measured === undefined || present === undefined) return;
    const block = { body, at, plain: this.#contextOf(timeS), tell, measured };
    for (let index = 0; index < groups.length; index++) {
      const group = groups[index] as Group;
      const status = u32(body, at + group.headerAt);
      const exists = (status & groupStatus.exists) !== 0;
      // A module that never was there is not missing; one that was taken out is.
      if (!exists && present[index] === 0) continue;
      present[index] = exists ? 1 : 0;
      this.#publishGroup(group, status, block);
    }
    if (blockClass === 0) this.#publishRespiration(block);
  }

  #contextOf(timeS: number): ReadingContext {
    if (timeS !== this.#timeS) {
      this.#timeS = timeS;
      this.#plain = { flags: [], deviceTime: timeS < earliestTimeS ? null : isoOfCalendarMs(timeS * 1000) };
    }
    return this.#plain;
  }

  #publishGroup(group: Group, status: number, block: Block): void {
    const isRunning = isRunningStatus(status);
    switch (group.kind) {
      case 'plain':
        for (const field of group.fields) publishField(block, field, field.metric, isRunning, 'good', block.plain);
        return;
      case 'ecg':
        return publishEcg(group, status, block);
      case 'cuff':
        return this.#publishCuff(group, isRunning, block);
      case 'temp': {
        const isOfTheBody = !notOfTheBody.includes(u16(block.body, block.at + group.headerAt + 4) & 0xff);
        const metric = group.headerAt === firstTemperatureAt && isOfTheBody ? 'temp' : null;
        for (const field of group.fields) publishField(block, field, metric, isRunning, 'good', block.plain);
        return;
      }
      case 'co2':
        return publishCo2(group, status, block);
      default:
        assertNever(group.kind);
    }
  }

  #publishCuff({ headerAt, fields }: Group, isRunning: boolean, { body, at, plain, tell }: Block): void {
    const label = u16(body, at + headerAt + 4);
    const raw = fields.map((field) => i16(body, at + field.at));
    const isMeasured = isRunning && fields.some(({ metric }, index) => metric !== null && absenceOf(raw[index] as number) === null);
    const isDetermining = isRunning && (label & (cuffLabel.measuring | cuffLabel.calibrating)) !== 0;
    const state = { raw, isMeasured, isRunning: isDetermining, isOlder: (label & cuffLabel.older) !== 0, madeAtS: this.#cuffMadeAtS };
    const readings = this.#cuff.take(state, (flags, isDoubtful) => {
      const context = flags.length === 0 ? plain : { ...plain, flags };
      return fields.flatMap((field, index) => {
        const value = raw[index] as number;
        const absent = isRunning ? absenceOf(value) : 'unavailable';
        const quality = isDoubtful ? 'questionable' : 'good';
        if (field.metric !== null) {
          return [
            absent === null
              ? statedReading(field.metric, value / field.perUnit, quality, context)
              : absentReading(field.metric, absent, context),
          ];
        }
        return absent === null ? [vendorReading(field.vendor, value / field.perUnit, field.unit, quality, context)] : [];
      });
    });
    for (const reading of readings) tell(reading);
  }

  /** Two sources: the airway's where it measures, else the chest's, which is otherwise told under its own name. */
  #publishRespiration({ body, at, plain, tell, measured }: Block): void {
    const status = u32(body, at + co2At);
    const airway = isRunningStatus(status) ? i16(body, at + respRateAt) : noData;
    const chest = isRunningStatus(u32(body, at + ecgAt)) ? i16(body, at + impedanceRateAt) : noData;
    const airwayAbsent = absenceOfCo2(airway, status);
    const chestAbsent = absenceOf(chest);
    if (airwayAbsent === null) {
      const [quality, context] = judgeCo2(status, plain);
      tell(statedReading('resp-rate', airway, quality, context));
    } else if (chestAbsent === null) tell(statedReading('resp-rate', chest, 'good', plain));
    const isPresent = ((status | u32(body, at + ecgAt)) & groupStatus.exists) !== 0;
    if (airwayAbsent !== null && chestAbsent !== null && (isPresent || this.#hasRespiration))
      tell(absentReading('resp-rate', airwayAbsent, plain));
    this.#hasRespiration = isPresent;
    const isOwn = airwayAbsent === null && chestAbsent === null;
    if (isOwn) tell(vendorReading('x:datex-dri:ecg.imp-rr', chest, '/min', 'good', plain));
    else if (measured[impedanceRateAt / 2] === 1) tell(absentReading('x:datex-dri:ecg.imp-rr', chestAbsent ?? 'not-sent', plain));
    measured[impedanceRateAt / 2] = isOwn ? 1 : 0;
  }
}

function isRunningStatus(status: number): boolean {
  const both = groupStatus.exists | groupStatus.active;
  return (status & both) === both;
}

/** A metric is always told, with its reason where there is no number; a value without an id of ours only while it is measured, and once when it ends. */
function publishField(
  { body, at, tell, measured }: Block,
  field: Field,
  metric: MetricId | null,
  isRunning: boolean,
  quality: Quality,
  context: ReadingContext,
): void {
  const raw = i16(body, at + field.at);
  const absent: AbsentReason | null = isRunning ? absenceOf(raw) : 'unavailable';
  if (metric !== null) {
    tell(absent === null ? statedReading(metric, raw / field.perUnit, quality, context) : absentReading(metric, absent, context));
    return;
  }
  const word = field.at >> 1;
  if (absent === null) tell(vendorReading(field.vendor, raw / field.perUnit, field.unit, quality, context));
  else if (measured[word] === 1) tell(absentReading(field.vendor, absent, context));
  measured[word] = absent === null ? 1 : 0;
}

/** The rate of the group is whatever source was chosen at the monitor. Only one from the ECG is a heart rate; a pulse is never told as one. */
function publishEcg({ fields }: Group, status: number, block: Block): void {
  const isRunning = isRunningStatus(status);
  const source = heartRateSource(status);
  const ownRateAt = source === 'ecg' ? heartRateAt : ecgHeartRateAt;
  const flags: string[] = [];
  if ((status & ecgStatus.asystole) !== 0) flags.push('asystole');
  if ((status & ecgStatus.noise) !== 0) flags.push('noise');
  if ((status & ecgStatus.artifact) !== 0) flags.push('artifact');
  if ((status & ecgStatus.learning) !== 0) flags.push('learning');
  const isDoubtful = (status & (ecgStatus.noise | ecgStatus.artifact | ecgStatus.learning)) !== 0;
  const context = flags.length === 0 ? block.plain : { ...block.plain, flags };
  for (const field of fields) {
    if (field.at === impedanceRateAt) continue;
    if (field.at === heartRateAt && source !== 'ecg') {
      publishField(block, field, null, isRunning, 'good', { ...block.plain, flags: [`from-${source}`] });
    } else {
      publishField(block, field, field.at === ownRateAt ? 'heart-rate' : null, isRunning, isDoubtful ? 'questionable' : 'good', context);
    }
  }
}

/** 0.01 % of 0.1 mmHg. */
const perMmHg = 100_000;

/** Stated in per cent of the ambient pressure, which goes along; without that there is no pressure to tell. */
function publishCo2({ fields }: Group, status: number, block: Block): void {
  const { body, at, plain, tell } = block;
  const isRunning = isRunningStatus(status);
  const [quality, context] = judgeCo2(status, plain);
  const ambient = isRunning ? i16(body, at + ambientPressureAt) : noData;
  for (const field of fields) {
    if (field.at === respRateAt) continue;
    const isConcentration = field.at !== ambientPressureAt;
    const isUsable = isRunning && (!isConcentration || absenceOfCo2(0, status) === null);
    publishField(block, field, null, isUsable, isConcentration ? quality : 'good', isConcentration ? context : plain);
    if (!isConcentration) continue;
    const raw = isRunning ? i16(body, at + field.at) : noData;
    const absent = absenceOfCo2(raw, status) ?? (ambient > 0 ? null : 'unavailable');
    const metric = field.at === co2At + 6 ? 'etco2' : 'fico2';
    if (absent !== null) tell(absentReading(metric, absent, context));
    else tell(statedReading(metric, Math.round((raw * ambient * 10) / perMmHg) / 10, quality, context));
  }
}

function absenceOfCo2(raw: number, status: number): AbsentReason | null {
  if ((status & co2Status.occlusion) !== 0) return 'occlusion';
  if ((status & (co2Status.calibrating | co2Status.zeroing)) !== 0) return 'unavailable';
  const absent = absenceOf(raw);
  if (absent === null || (status & groupStatus.active) === 0) return absent;
  return isWithoutBreath(status) ? 'no-breath' : absent;
}

/** With the alarm for it switched off some monitors set the bits of no breath for good, beside a breathing patient's values. */
function isWithoutBreath(status: number): boolean {
  return (status & co2Status.apneaOff) === 0 && (status & (co2Status.noBreath | co2Status.noBreathByImpedance)) !== 0;
}

function judgeCo2(status: number, plain: ReadingContext): [Quality, ReadingContext] {
  const doubts: string[] = [];
  if (isWithoutBreath(status)) doubts.push('no-breath');
  if ((status & co2Status.airLeak) !== 0) doubts.push('air-leak');
  if ((status & co2Status.wet) !== 0) doubts.push('wet');
  const flags = (status & co2Status.apneaOff) === 0 ? doubts : [...doubts, 'apnea-alarm-off'];
  return [doubts.length === 0 ? 'good' : 'questionable', flags.length === 0 ? plain : { ...plain, flags }];
}
