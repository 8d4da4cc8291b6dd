interface SelectProps<Value extends string> {
  label: string;
  /** The choice of none, which is null. */
  all?: string;
  value: Value | null;
  options: readonly (readonly [Value, string])[];
  class?: string;
  onChange(value: Value | null): void;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, all, value, options, class: more = '', onChange } = props;
  return (
    <select
      aria-label={label}
      class={`h-10 max-w-44 shrink-0 rounded-full border bg-white px-3 text-sm text-ellipsis dark:bg-stone-900 ${
        value === null || all === undefined
          ? 'border-stone-300 dark:border-stone-700'
          : 'border-amber-600 dark:border-amber-400'
      } ${more}`}
      value={value ?? ''}
      onChange={(event) => {
        const { value: text } = event.currentTarget;
        onChange(options.find(([option]) => option === text)?.[0] ?? null);
      }}
    >
      {all !== undefined && <option value="">{all}</option>}
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}
