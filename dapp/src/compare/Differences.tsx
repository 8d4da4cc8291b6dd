import { useGallery } from '../gallery.ts';
import { useCompareTexts } from '../text/pages/compare.ts';
import type { Comparison, Difference } from './differences.ts';
import { routeName } from './RouteColumn.tsx';
import { OWN_ROUTES } from './rawRoutes.ts';

/** Per token, the fields in which the routes do not agree. */
export function Differences({ comparison }: { comparison: Comparison }) {
  const { numbers } = useGallery();
  const words = useCompareTexts();
  const { alike, different } = comparison;
  return (
    <div class="mt-10">
      <h3 id="differences-title" class="text-lg font-semibold">
        {words.differences}
      </h3>
      <p class="muted mt-1 text-sm" role="status">
        {words.agreement(numbers.count(alike), numbers.count(different.length))}
      </p>
      {different.length > 0 && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          tabIndex={0}
          aria-labelledby="differences-title"
          class="panel mt-4 overflow-x-auto"
        >
          <table class="w-full min-w-[56rem] text-left text-sm">
            <thead>
              <tr class="border-b border-stone-200 dark:border-stone-800">
                <th scope="col" class="p-3 font-medium">
                  {words.field}
                </th>
                {OWN_ROUTES.map((route) => (
                  <th key={route.path} scope="col" class="p-3 font-medium">
                    {routeName(route)}
                  </th>
                ))}
              </tr>
            </thead>
            {different.map((difference) => (
              <TokenRows key={difference.key} difference={difference} />
            ))}
          </table>
        </section>
      )}
    </div>
  );
}

function TokenRows({ difference }: { difference: Difference }) {
  const words = useCompareTexts();
  return (
    <tbody class="border-b border-stone-200 last:border-0 dark:border-stone-800">
      <tr>
        <th
          scope="rowgroup"
          colSpan={OWN_ROUTES.length + 1}
          class="px-3 pt-3 pb-1 font-semibold"
          title={difference.key}
        >
          <bdi>{difference.title}</bdi>
        </th>
      </tr>
      {difference.fields.map(({ field, values }) => (
        <tr key={field} class="align-top">
          <th scope="row" class="muted p-3 pt-1 font-normal whitespace-nowrap">
            {words.fields[field]}
          </th>
          {values.map((value, index) => (
            <td key={OWN_ROUTES[index]?.path} class="max-w-60 p-3 pt-1 break-words">
              {value === null ? (
                <span class="muted">–</span>
              ) : (
                <bdi class="line-clamp-3">{value}</bdi>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
