import { z } from 'zod';

/**
 * A printed page as a drawing: the PDF is written from it and the page on the screen is drawn from it, so that both
 * shells print the same. Black, white and greys only. Origin top left; lengths in `units`, of which a point has
 * `unitsPerPoint`.
 */
const gray = z.number().min(0).max(1);

export const printMarkSchema = z.discriminatedUnion('mark', [
  z.object({
    mark: z.literal('text'),
    x: z.number(),
    /** Of the baseline. */
    y: z.number(),
    size: z.number().positive(),
    bold: z.boolean(),
    anchor: z.enum(['start', 'middle', 'end']),
    gray,
    text: z.string().max(2000),
  }),
  z.object({
    mark: z.literal('path'),
    points: z.array(z.tuple([z.number(), z.number()])).min(2),
    width: z.number().positive(),
    gray,
    dash: z.array(z.number()),
    round: z.boolean(),
  }),
  z.object({
    mark: z.literal('rect'),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    fill: gray.nullable(),
    line: z.object({ width: z.number().positive(), gray }).nullable(),
  }),
  z.object({
    mark: z.literal('circle'),
    x: z.number(),
    y: z.number(),
    radius: z.number().positive(),
    fill: gray,
    line: z.number().positive(),
  }),
]);
export type PrintMark = z.output<typeof printMarkSchema>;
export type PrintMarkOf<K extends PrintMark['mark']> = Extract<PrintMark, { mark: K }>;

export const printPageSchema = z.object({
  widthPt: z.number(),
  heightPt: z.number(),
  unitsPerPoint: z.number().positive(),
  marks: z.array(printMarkSchema),
});
export type PrintPage = z.output<typeof printPageSchema>;

/** What of a record is printed: its first page, or that and everything in words. */
export const printKinds = ['one-page', 'full'] as const;
export type PrintKind = (typeof printKinds)[number];

export const printPagesMax = 200;
