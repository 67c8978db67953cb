/** The table of migrations: one entry per raised version, oldest first. A released entry is never changed. */
import type { Migration } from './migrate.ts';

/** All steps. Every record sort is at version 1, so there is none yet; `history/` keeps a project of each released version. */
export const migrations: readonly Migration[] = [];
