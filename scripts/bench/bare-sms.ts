/** What the worker is compared with: a loop over one pop-core client that sends the same SMS. */
import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import RpcClient from '@alicloud/pop-core'
import { answerQuestions } from './child.ts'
import { codeOf, mobileOf, signature, templateCode } from './short-message.ts'

type Work = { port: number; count: number; connections: number }

async function send({ port, count, connections }: Work): Promise<void> {
  const client = new RpcClient({
    endpoint: `http://127.0.0.1:${port}`,
    apiVersion: '2017-05-25',
    accessKeyId: 'LTAI5tBench',
    accessKeySecret: 'only for measuring',
  })
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let next = 0
  const one = async () => {
    while (next < count) {
      const number = next++
      const parameters = {
        PhoneNumbers: mobileOf(number),
        SignName: signature,
        TemplateCode: templateCode,
        TemplateParam: JSON.stringify({ code: codeOf(number) }),
        OutId: randomUUID(),
      }
      await client.request('SendSms', parameters, { method: 'POST', agent })
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
}

answerQuestions({ send })
