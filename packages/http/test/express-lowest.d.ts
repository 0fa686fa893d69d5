declare module 'express-lowest' {
  export { default } from 'express'
}
