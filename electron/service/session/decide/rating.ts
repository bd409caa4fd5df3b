import { isAsked, itemProblem, type Instrument } from '../../../../shared/clinical/instrument.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { RatingId } from '../../../../shared/values/ids.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { RatingState } from '../state/rating-state.ts';
import type { SessionState } from '../state/session-state.ts';

export type RatingCommand = CommandOf<'open-rating' | 'answer-item' | 'finish-rating' | 'mark-not-assessable'>;

export function decideRating(state: SessionState, command: RatingCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'open-rating':
      return decideOpenRating(state, command, context);
    case 'answer-item':
      return decideAnswer(state, command);
    case 'finish-rating':
      return decideFinish(state, command);
    case 'mark-not-assessable':
      return decideNotAssessable(state, command, context);
    default:
      return assertNever(command);
  }
}

function decideOpenRating(state: SessionState, command: CommandOf<'open-rating'>, context: DecisionContext): Decision {
  const instrument = instruments[command.instrument];
  const open = state.ratings.find((rating) => rating.instrument === command.instrument && rating.state === 'open');
  if (open !== undefined) {
    const at = writtenMinute({ ...context.now, utcMs: open.atMs });
    return refuse(
      'SESSION_WRONG_STATE',
      `The ${instrument.name} begun at ${at} is still open. Go on with it, or mark it not assessable.`,
      open.ratingId,
    );
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { ratingId = context.newId(), answers = [] } = command;
  if (state.ratings.some((rating) => rating.ratingId === ratingId)) {
    return refuse('SESSION_WRONG_STATE', 'A rating with this id is part of the session already. Open a new one.', ratingId);
  }
  const given = firstAnswers(instrument, ratingId, answers);
  if ('refusal' in given) return given;
  const body = withoutAbsent({
    ratingId,
    instrument: command.instrument,
    instrumentVersion: instrument.version,
    mode: command.mode,
    textPackHash: context.textPackHashes?.[command.instrument] ?? null,
    lateReason: time.lateReason,
  });
  return accept({ kind: 'rating-opened', body, ...occurredAt(time) }, ...given.events);
}

/** The answers that come with the opening, each as a change of its own. */
function firstAnswers(instrument: Instrument, ratingId: RatingId, answers: readonly ItemAnswer[]): Decision {
  const values = new Map(answers.map(({ item, value }) => [item, value]));
  const answerTo = (number: number): number | null => values.get(number) ?? null;
  for (const { item, value } of answers) {
    const refusal = answerRefusal(instrument, answerTo, { item, value });
    if (refusal !== null) return refusal;
  }
  return accept(...answers.map(({ item, value }) => ({ kind: 'item-answered', body: { ratingId, item, value } }) as const));
}

/**
 * One answer, or one taken back (`value` null). An answer that makes other questions fall away takes their answers back
 * with it, because a question that is not asked has no answer.
 */
function decideAnswer(state: SessionState, command: CommandOf<'answer-item'>): Decision {
  const { ratingId, item, value } = command;
  const rating = openRating(state, ratingId);
  if ('refusal' in rating) return rating;
  const instrument = instruments[rating.instrument];
  const before = (number: number): number | null => rating.items[instrument.items.findIndex((one) => one.number === number)] ?? null;
  const refusal = answerRefusal(instrument, before, { item, value });
  if (refusal !== null) return refusal;
  const after = (number: number): number | null => (number === item ? value : before(number));
  const fallenAway = instrument.items.filter(({ number }) => before(number) !== null && !isAsked(instrument, number, after));
  return accept(
    { kind: 'item-answered', body: { ratingId, item, value } },
    ...fallenAway
      .filter(({ number }) => number !== item)
      .map(({ number }) => ({ kind: 'item-answered', body: { ratingId, item: number, value: null } }) as const),
  );
}

interface ItemAnswer {
  readonly item: number;
  readonly value: number | null;
}

function answerRefusal(
  instrument: Instrument,
  answerTo: (number: number) => number | null,
  { item, value }: ItemAnswer,
): ReturnType<typeof refuse> | null {
  // An item is looked up even when its answer is taken back: item 60 does not exist either way.
  const known = instrument.items.find((candidate) => candidate.number === item);
  const problem = itemProblem(instrument, item, value ?? known?.min ?? 0);
  if (problem !== null) return refuse('RATING_OUT_OF_RANGE', problem, 'value');
  if (value === null || isAsked(instrument, item, answerTo)) return null;
  const condition = known?.askedWhen;
  const words = condition === undefined ? '' : ` Answer item ${condition.item} first; item ${item} follows from it.`;
  return refuse('RATING_ITEM_NOT_ASKED', `Item ${item} of ${instrument.name} is not asked as the answers stand.${words}`, 'item');
}

function decideFinish(state: SessionState, command: CommandOf<'finish-rating'>): Decision {
  const rating = openRating(state, command.ratingId);
  if ('refusal' in rating) return rating;
  const { status, answered, of, missing } = rating.score;
  if (status !== 'complete') {
    const message = `${answered} of ${of} items are answered; open: ${missing.join(', ')}. Answer them, or mark the rating not assessable.`;
    return refuse('RATING_INCOMPLETE', message, rating.ratingId);
  }
  return accept({ kind: 'rating-finished', body: { ratingId: rating.ratingId } });
}

function decideNotAssessable(state: SessionState, command: CommandOf<'mark-not-assessable'>, context: DecisionContext): Decision {
  const { instrument, reason, detail } = command;
  let ratingId = context.newId();
  if (command.ratingId !== undefined) {
    const rating = openRating(state, command.ratingId);
    if ('refusal' in rating) return rating;
    if (rating.instrument !== instrument) {
      const message = `That rating is a ${instruments[rating.instrument].name}, not a ${instruments[instrument].name}. Mark the one that is open.`;
      return refuse('RATING_NOT_FOUND', message, rating.ratingId);
    }
    ratingId = rating.ratingId;
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({ ratingId, instrument, reason, detail, lateReason: time.lateReason });
  return accept({ kind: 'rating-not-assessable', body, ...occurredAt(time) });
}

function openRating(state: SessionState, ratingId: RatingId): RatingState | ReturnType<typeof refuse> {
  const rating = state.ratings.find((candidate) => candidate.ratingId === ratingId);
  if (rating === undefined) return refuse('RATING_NOT_FOUND', 'This rating is not part of the session. Open a new one.', ratingId);
  if (rating.state !== 'open') {
    const name = instruments[rating.instrument].name;
    return refuse('RATING_FINISHED', `This ${name} has been ended. Undo its end to change an answer, or open a new one.`, ratingId);
  }
  return rating;
}
