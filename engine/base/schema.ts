/** The schema library, set up so that it never compiles code from text: the page's content security forbids that. */
import { z } from 'zod';

// Must run before the first schema is made; therefore schemas import `z` from here and nowhere else.
z.config({ jitless: true });

export { z };
