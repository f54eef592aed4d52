/** Stands in for `node:module` in the browser, where the library `caniemail` asks for it to read its own data file. */
import data from 'caniemail/caniemail.json'

export const createRequire = () => () => data
