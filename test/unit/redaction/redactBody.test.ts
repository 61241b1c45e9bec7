import { expect, test } from 'vitest'
import { redactBody } from '../../../shared/redaction/redactBody'

test.each([
  [
    'grant_type=client_credentials&client_secret=hush&scope=a',
    'grant_type=client_credentials&client_secret=[redacted]&scope=a',
  ],
  ['code=hush', 'code=[redacted]'],
  ['a=1&key=hush', 'a=1&key=[redacted]'],
  ['username=me&password=hush+hush%26hush=', 'username=me&password=[redacted]'],
  ['a=1&client%5Fsecret=hush&b=2', 'a=1&client%5Fsecret=[redacted]&b=2'],
  ['+client_secret+=hush', '+client_secret+=[redacted]'],
  ['a=1&\n&client_secret=hush\n&b=2\n', 'a=1&\n&client_secret=[redacted]\n&b=2\n'],
  ['a=1\r\npassword=hush\r\nb=2', 'a=1\r\npassword=[redacted]\r\nb=2'],
  ['flag&sig=hush', 'flag&sig=[redacted]'],
  ['=&sig=hush', '=&sig=[redacted]'],
  ['token[]=hush&user[password]=hush', 'token[]=[redacted]&user[password]=[redacted]'],
  [
    'redirect_uri=https%3A%2F%2Fu%3Ahush%40x%2F%3Fsig%3Dhush&a=1',
    'redirect_uri=https%3A%2F%2Fu%3A[redacted]%40x%2F%3Fsig%3D[redacted]&a=1',
  ],
  ['a=https://x/?code=hush&b=1', 'a=https://x/?code=[redacted]&b=1'],
  [
    'Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=hush=',
    'Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=[redacted]',
  ],
  ['subject_token=hush&subject_token_type=a', 'subject_token=[redacted]&subject_token_type=a'],
  ['a=eyJh.eyJz.c2ln&b=1', 'a=[redacted]&b=1'],
  ['grant_type=a&token_type=b&design=c&q=sig%3Dx', 'grant_type=a&token_type=b&design=c&q=sig%3Dx'],
])('of the form %j is kept %j', (body, expected) => {
  expect(redactBody(body)).toBe(expected)
})

test.each([
  [
    '{"access_token":"hush","token_type":"Bearer","expires_in":3599}',
    '{"access_token":"[redacted]","token_type":"Bearer","expires_in":3599}',
  ],
  ['{ "secretText" : "hu\\"sh\\\\" , "hint":"hu" }', '{ "secretText" : "[redacted]" , "hint":"hu" }'],
  ['{"client\\u005fsecret"\n:\t"hush"}', '{"client\\u005fsecret"\n:\t"[redacted]"}'],
  ['{"CLIENT-SECRET":"","Api.Key":"hush"}', '{"CLIENT-SECRET":"[redacted]","Api.Key":"[redacted]"}'],
  ['[[{"a":[{"b":{"pwd":"hush"}}]}]]', '[[{"a":[{"b":{"pwd":"[redacted]"}}]}]]'],
  ['{"token":123456,"secret":-1.5e3,"a":1}', '{"token":"[redacted]","secret":"[redacted]","a":1}'],
  ['{"passwordCredentials":[{"secretText":"hush","keyId":"]"}],"a":1}', '{"passwordCredentials":"[redacted]","a":1}'],
  ['{"credential":{"hush":{"a":"}"}} , "a":{}}', '{"credential":"[redacted]" , "a":{}}'],
  [
    '{"secretText":null,"hasPassword":true,"useCookies":false}',
    '{"secretText":null,"hasPassword":true,"useCookies":false}',
  ],
  ['\uFEFF\n {"token":"hush"}\n', '\uFEFF\n {"token":"[redacted]"}\n'],
  ['{"token":"hush"}\n{"token":"hush"}', '{"token":"[redacted]"}\n{"token":"[redacted]"}'],
  ['{"uploadUrl":"https://x/a?b=1&sig=hush","c":"d"}', '{"uploadUrl":"https://x/a?b=1&sig=[redacted]","c":"d"}'],
  [
    '{"u":"https:\\/\\/u:hush@x\\/?b=1\\u0026sig=hush\\u002b\\u0026se=1"}',
    '{"u":"https:\\/\\/u:[redacted]@x\\/?b=1\\u0026sig=[redacted]\\u0026se=1"}',
  ],
  [
    '["/a?code=hush","a?key=hush",{"b":"//u:hush@x"}]',
    '["/a?code=[redacted]","a?key=[redacted]",{"b":"//u:[redacted]@x"}]',
  ],
  ['"https://x?sig=hush"', '"https://x?sig=[redacted]"'],
  ['{"a":"eyJh.eyJz.c2ln","b":"see\\neyJh.eyJz.c2ln."}', '{"a":"[redacted]","b":"see\\n[redacted]."}'],
  ['{"a":"x=1&sig=2"}', '{"a":"x=1&sig=2"}'],
  ['{"message":"why? key=1","a":"token=1"}', '{"message":"why? key=1","a":"token=1"}'],
  [
    '{"@odata.nextLink":"https://x/users?$skiptoken=a&%24deltatoken=b"}',
    '{"@odata.nextLink":"https://x/users?$skiptoken=a&%24deltatoken=b"}',
  ],
  ['{"a":"token","b":["secret",":","hush"]}', '{"a":"token","b":["secret",":","hush"]}'],
])('of the JSON %j is kept %j', (body, expected) => {
  expect(redactBody(body)).toBe(expected)
})

test.each([
  ['{"token":"hush', '{"token":"[redacted]'],
  ['{"token":"hush\\', '{"token":"[redacted]'],
  ['{"token":"hush\\"', '{"token":"[redacted]'],
  ['{"token":12', '{"token":"[redacted]"'],
  ['{"token":[{"a":"hu', '{"token":"[redacted]"'],
  ['{"token":{"a":"b"},', '{"token":"[redacted]",'],
  ['{"token":hush,"a":b}', '{"token":"[redacted]","a":b}'],
  ['{"u":"https://x?sig=hush', '{"u":"https://x?sig=[redacted]'],
  ['{"u":"https://x?sig=hush\\u00', '{"u":"https://x?sig=[redacted]'],
  ['{"token":', '{"token":'],
  ['{"token"', '{"token"'],
  ['{"tok', '{"tok'],
  ['[', '['],
  ['{"token":,"secret":}', '{"token":,"secret":}'],
])('of the cut or broken JSON %j is kept %j', (body, expected) => {
  expect(redactBody(body)).toBe(expected)
})

test.each([
  ...['tokenType', 'token_type', 'secretary', 'keyId', 'publicKey', 'code', 'key', 'passwordPolicies', 'signatures'],
  ...['$skiptoken', '@odata.deltatoken', 'continuationToken', 'x-ms-continuation', 'passwordProfile', 'cookieConsent'],
  ...['mySecretName', 'hasSecrets?', 'passCount', 'assertionId', 'design', ''],
])('the value of the member %j stays', (name) => {
  const body = JSON.stringify({ [name]: 'a', list: [{ [name]: { b: 1 } }] })
  expect(redactBody(body)).toBe(body)
})

test.each([
  ...['', ' ', 'said', 'my token = hush', 'https://x.example/?sig=of-the-caller', '/a?sig=hush', 'a, b=c&sig=hush'],
  ...['<a href="https://x?code=1&amp;token=2&token=3">', '<?xml version="1.0"?><Token>hush</Token>', "{'a'=1&sig=2}"],
  ...['HTTP/1.1 200 OK\nSet-Cookie: a=b', 'token: hush', '--boundary\r\nContent-Disposition: form-data; name="token"'],
  ...['a "token":"hush"', '[redacted]{"token":"hush"}'],
])('what is neither form nor JSON stays: %j', (body) => {
  expect(redactBody(body)).toBe(body)
})

test('a JWT is removed from any body', () => {
  expect(redactBody('<t>eyJh.eyJz.c2ln</t>, eyJh.eyJz.c2ln.')).toBe('<t>[redacted]</t>, [redacted].')
})
