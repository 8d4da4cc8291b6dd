// A package that stands here, for scripts that stand elsewhere.
export const load = (name) => import(name);
