/** Every table, for drizzle-kit and the client. */
export * from './account.ts'
export * from './app.ts'
export * from './audit.ts'
export * from './message.ts'
export * from './organization.ts'
export * from './scenario.ts'
export * from './sign-in.ts'
export * from './template.ts'
