import { z } from 'zod';

// Zod compiles its checks with `new Function`, which the page's policy forbids. It must know before the first schema
// is made, so this is the first import of the page.
z.config({ jitless: true });
