/** Lists and groups of foreign data whose length is checked before their members are looked at: a million wrong members are one mistake. */
import { z } from '../base/schema.ts';

/** A list of at most `most` members. */
export function listOf<T extends z.ZodType>(member: T, most: number) {
  return z
    .unknown()
    .check(({ value, issues }) => {
      if (Array.isArray(value) && value.length > most)
        issues.push({ code: 'too_big', origin: 'array', maximum: most, input: value });
    })
    .pipe(z.array(member));
}

/** A group of at most `most` named members. */
export function groupOf<K extends z.ZodType<string, string>, T extends z.ZodType>(name: K, member: T, most: number) {
  return z
    .unknown()
    .check(({ value, issues }) => {
      if (typeof value === 'object' && value !== null && Object.keys(value).length > most)
        issues.push({ code: 'too_big', origin: 'record', maximum: most, input: value });
    })
    .pipe(z.record(name, member));
}
