import { countries, countryOf, formatsOfCountry, type Country, type Formats } from '../../shared/values/formats.ts';
import { formatsText } from '../text/formats.ts';

/** `Mar 14, 1984 · 02:05 PM · °F · lb · US Letter` */
export function formatsLine({ dates, hours, temperature, weight, paper }: Formats): string {
  const words = formatsText;
  return [words.dates[dates], words.hours[hours], words.temperature[temperature], words.weight[weight], words.paper[paper]].join(' · ');
}

/** `United States`; a mixture is the clinic's own choice. */
export function countryWords(formats: Formats): string {
  const country = countryOf(formats);
  return country === null ? formatsText.mixed : formatsText.countries[country];
}

/** What a computer of this language proposes; a person confirms or changes it. */
export function formatsOfLanguage(language: string): Formats {
  const region = /^en-([A-Z]{2})\b/i.exec(language)?.[1]?.toUpperCase();
  const country: Country = region === 'US' ? 'us' : region === 'GB' ? 'uk' : 'iso';
  return formatsOfCountry[country];
}

/** One question about a form, with its answers. */
interface FormatQuestion {
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly formats: Formats }[];
}

/** Every form one by one, each answer with what the clinic's choice would then be. */
export function formatQuestions(formats: Formats): readonly FormatQuestion[] {
  const words = formatsText;
  const question = <K extends keyof Formats>(
    key: K,
    values: readonly Formats[K][],
    labels: Readonly<Record<Formats[K] | 'name', string>>,
  ) => ({
    name: labels.name,
    chosen: String(formats[key]),
    options: values.map((value) => ({ value: String(value), label: labels[value], formats: { ...formats, [key]: value } })),
  });
  return [
    question('dates', countries, words.dates),
    question('hours', [12, 24], words.hours),
    question('temperature', ['Cel', '[degF]'], words.temperature),
    question('weight', ['kg', 'lb'], words.weight),
    question('paper', ['A4', 'Letter'], words.paper),
  ];
}
