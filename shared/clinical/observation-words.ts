import type { ObservationDetails, ObservationSafetyFlag } from './observation.ts';

/** What a safety flag is called, on screens, prints and in exports. */
export const safetyFlagWords: Readonly<Record<ObservationSafetyFlag, string>> = {
  'suicidal-statement': 'suicidal statement',
  'trauma-flooding': 'trauma flooding',
  'boundary-event': 'boundary event',
};

/** What the details of an observation say, one short line each. */
export function detailLines(details: ObservationDetails): readonly string[] {
  const { affectIntensity, tears, openness, distress, intervention, response, valuesAction, utterance, adverseEventId } = details;
  const lines = [
    affectIntensity === undefined ? null : `intensity ${affectIntensity}/10`,
    tears === undefined ? null : tears ? 'tears' : 'no tears',
    openness === undefined ? null : `openness ${openness}/10`,
    distress === undefined ? null : `distress ${distress}/100`,
    ...(details.safety ?? []).map((flag) => safetyFlagWords[flag]),
    intervention === undefined ? null : `did: ${intervention}`,
    response === undefined ? null : `changed: ${response}`,
    utterance === undefined ? null : utteranceLine(utterance),
    valuesAction === undefined ? null : `for integration: ${valuesAction}`,
    adverseEventId === undefined ? null : 'about an adverse event',
  ];
  return lines.filter((line) => line !== null);
}

function utteranceLine({ words, spoken, consent }: NonNullable<ObservationDetails['utterance']>): string {
  return `“${words}” (${spoken === 'in-answer' ? 'in answer' : 'spontaneously'}, ${consent ? 'agreed to be quoted' : 'no agreement to be quoted'})`;
}

/** Without words that the patient did not agree to have kept: those do not leave the room. */
export function agreedDetails(details: ObservationDetails): ObservationDetails {
  const { utterance, ...rest } = details;
  return utterance === undefined || !utterance.consent ? rest : { ...rest, utterance };
}
