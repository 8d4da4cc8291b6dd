interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: Record<Value, string>;
  onChange(value: Value): void;
}

/** Radio buttons drawn as one segmented control. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, options, onChange } = props;
  const id = `choice-${label.toLowerCase()}`;
  return (
    <div role="radiogroup" aria-labelledby={id}>
      <p id={id} class="muted mb-1.5 text-sm">
        {label}
      </p>
      <div class="flex rounded-full bg-stone-200/70 p-1 dark:bg-stone-800">
        {(Object.keys(options) as Value[]).map((option) => (
          <label
            key={option}
            class="relative flex min-h-9 items-center rounded-full px-4 text-sm font-medium text-stone-600 transition-colors has-checked:bg-white has-checked:text-stone-900 has-checked:shadow-xs has-focus-visible:outline-2 has-focus-visible:outline-amber-600 dark:text-stone-400 dark:has-checked:bg-stone-600 dark:has-checked:text-white"
          >
            <input
              type="radio"
              name={id}
              class="absolute inset-0 m-0 size-full cursor-pointer opacity-0"
              checked={option === value}
              onChange={() => onChange(option)}
            />
            {options[option]}
          </label>
        ))}
      </div>
    </div>
  );
}
