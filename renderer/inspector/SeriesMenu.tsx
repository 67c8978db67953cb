/** What can be done with the series of a block: operations, each with a dialog of its own, and saving it as a file. */
import { operationsFor, saveSeries } from '../commands/series-operation-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';

export function SeriesMenu({ element }: { readonly element: string }) {
  const services = useServices();
  const operations = operationsFor(services, element);
  return (
    <Menu
      trigger={<Button>Change ▾</Button>}
      groups={[
        {
          entries: operations.map(({ id, title }) => ({
            id,
            title,
            run: () =>
              services.session.getState().change({ dialog: { kind: 'seriesOperation', element, operation: id } }),
          })),
        },
        {
          entries: [
            {
              id: 'npz',
              title: 'Save as npz…',
              detail: "for Rockpool's load",
              run: () => void saveSeries(services, element, 'npz'),
            },
            { id: 'csv', title: 'Save as CSV…', run: () => void saveSeries(services, element, 'csv') },
          ],
        },
      ]}
    />
  );
}
