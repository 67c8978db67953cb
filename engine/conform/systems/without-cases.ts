/** Systems of the originals that cannot run there, so that no reference cases exist: built from their text, tested beside the code. */
import type { System } from '../system.ts';

/** What the page of systems tells of them. */
export const systemsWithoutCases: readonly Required<Pick<System, 'id' | 'where' | 'deviations'>>[] = [
  {
    id: 'rockpool.FFCLIAFCNNTorch',
    where: ['layers/cliaf-convolution', 'layers/event-pooling'],
    deviations: [
      'The released class cannot be imported: two of its files are missing. The layer follows its text: a convolution of the events of a step, then constant-leak cells with threshold 8 that subtract 8.',
      'The bias is added, where the text takes it and then sets it to 0. Pooling, which the text does not have, is a kind of its own.',
    ],
  },
  {
    id: 'rockpool.CLIAF',
    where: ['layers/cliaf'],
    deviations: [
      'The base class of FFCLIAF and RecCLIAF raises when it is run; without weights the kind passes each channel to a cell.',
    ],
  },
];
