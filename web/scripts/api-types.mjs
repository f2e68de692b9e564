// Writes src/api/schema.d.ts from the node's OpenAPI document: npm run api-types
// Objects whose members the document leaves open (an entry's fields, a statement's public part) become open types.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const place = (path) => fileURLToPath(new URL(path, import.meta.url))
const document = JSON.parse(readFileSync(place('../../api/openapi.json'), 'utf8'))

const keyword = (kind) => ts.factory.createKeywordTypeNode(kind)
const fieldValue = ts.factory.createUnionTypeNode([
  keyword(ts.SyntaxKind.StringKeyword), keyword(ts.SyntaxKind.NumberKeyword), keyword(ts.SyntaxKind.BooleanKeyword),
  ts.factory.createArrayTypeNode(keyword(ts.SyntaxKind.StringKeyword)),
])
const record = (value) => ts.factory.createTypeReferenceNode('Record', [keyword(ts.SyntaxKind.StringKeyword), value])

const nodes = await openapiTS(document, {
  transform(schema, { path }) {
    if (schema.type !== 'object' || schema.properties || typeof schema.additionalProperties === 'object') return undefined
    return record(path?.includes('/schemas/Entry') ? fieldValue : keyword(ts.SyntaxKind.UnknownKeyword))
  },
})
writeFileSync(place('../src/api/schema.d.ts'), `// Made by npm run api-types from api/openapi.json; not edited by hand.\n${astToString(nodes)}`)
