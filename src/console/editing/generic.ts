/**
 * A component that is loaded on demand, as generic as it is written: the loader fixes its parameter, which holds for any
 * content because the component only hands back what it is given.
 */
export const generic = <Component>(component: unknown) => component as Component
