declare module 'koa-lowest' {
  export { default } from 'koa'
}
