import { z } from 'zod';

/**
 * How a clinic writes dates, times and units for people. One choice for the whole room: screens, prints and PDF
 * follow it. What is stored and what is exported for machines stays ISO 8601 and UCUM.
 */
export const formatsSchema = z.object({
  /** `Mar 14, 1984`, `14 Mar 1984`, `1984-03-14` */
  dates: z.enum(['us', 'uk', 'iso']),
  hours: z.union([z.literal(12), z.literal(24)]),
  /** UCUM: degrees Celsius or Fahrenheit. */
  temperature: z.enum(['Cel', '[degF]']),
  /** What a weight is typed in first. Doses are reckoned per kilogram, so a weight always shows its kilograms too. */
  weight: z.enum(['kg', 'lb']),
  paper: z.enum(['A4', 'Letter']),
});
export type Formats = z.output<typeof formatsSchema>;

export const countries = ['us', 'uk', 'iso'] as const;
export type Country = (typeof countries)[number];

/** What each country's clinics write; every single choice can be changed. */
export const formatsOfCountry: Readonly<Record<Country, Formats>> = {
  us: { dates: 'us', hours: 12, temperature: '[degF]', weight: 'lb', paper: 'Letter' },
  uk: { dates: 'uk', hours: 24, temperature: 'Cel', weight: 'kg', paper: 'A4' },
  iso: { dates: 'iso', hours: 24, temperature: 'Cel', weight: 'kg', paper: 'A4' },
};

/** Until a room has chosen. */
export const formatsUnchosen: Formats = formatsOfCountry.uk;

export function sameFormats(one: Formats, other: Formats): boolean {
  const keys = Object.keys(formatsSchema.shape) as (keyof Formats)[];
  return keys.every((key) => one[key] === other[key]);
}

/** The country all of whose choices these are; null for a mixture. */
export function countryOf(formats: Formats): Country | null {
  return countries.find((country) => sameFormats(formatsOfCountry[country], formats)) ?? null;
}

/** Width and height of a sheet that stands upright, in points of 1/72 inch. */
export const paperPt: Readonly<Record<Formats['paper'], { readonly widthPt: number; readonly heightPt: number }>> = {
  A4: { widthPt: 595.28, heightPt: 841.89 },
  Letter: { widthPt: 612, heightPt: 792 },
};
