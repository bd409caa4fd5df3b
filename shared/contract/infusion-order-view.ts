import { z } from 'zod';

const figure = z.number();

/** The order of an infusion, as recorded, in whole µg, µL, µL/h and g; null while none was given. */
export const infusionOrderView = z
  .object({
    ugPerKg: figure,
    weightGrams: figure,
    doseUg: figure,
    bag: z.object({ ug: figure, ul: figure }),
    minutes: figure,
    rateUlPerHour: figure,
    /** As worked out before it was rounded to what can be drawn; left out where the protocol has no steps. */
    exact: z.object({ doseUg: figure, volumeUl: figure, rateUlPerHour: figure }).optional(),
  })
  .nullable();
