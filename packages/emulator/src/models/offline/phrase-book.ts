const languages: readonly string[] = ['en', 'de', 'fr', 'es', 'it', 'pt']

/** The same in each language, in the order of `languages`. */
const phrases: readonly (readonly [string, string, string, string, string, string])[] = [
  ['Thank you', 'Danke', 'Merci', 'Gracias', 'Grazie', 'Obrigado'],
  ['Thank you very much', 'Vielen Dank', 'Merci beaucoup', 'Muchas gracias', 'Grazie mille', 'Muito obrigado'],
  ['You are welcome', 'Gern geschehen', 'De rien', 'De nada', 'Prego', 'De nada'],
  ['Please', 'Bitte', "S'il vous plaît", 'Por favor', 'Per favore', 'Por favor'],
  ['Hello', 'Hallo', 'Bonjour', 'Hola', 'Ciao', 'Olá'],
  ['Good morning', 'Guten Morgen', 'Bonjour', 'Buenos días', 'Buongiorno', 'Bom dia'],
  ['Good evening', 'Guten Abend', 'Bonsoir', 'Buenas tardes', 'Buonasera', 'Boa noite'],
  ['Good night', 'Gute Nacht', 'Bonne nuit', 'Buenas noches', 'Buonanotte', 'Boa noite'],
  ['Goodbye', 'Auf Wiedersehen', 'Au revoir', 'Adiós', 'Arrivederci', 'Adeus'],
  ['See you tomorrow', 'Bis morgen', 'À demain', 'Hasta mañana', 'A domani', 'Até amanhã'],
  ['How are you', 'Wie geht es Ihnen', 'Comment allez-vous', 'Cómo está', 'Come sta', 'Como está'],
  ['Excuse me', 'Entschuldigung', 'Excusez-moi', 'Perdón', 'Mi scusi', 'Com licença'],
  ['I am sorry', 'Es tut mir leid', 'Je suis désolé', 'Lo siento', 'Mi dispiace', 'Sinto muito'],
  ['I do not understand', 'Ich verstehe nicht', 'Je ne comprends pas', 'No entiendo', 'Non capisco', 'Não entendo'],
  ['Yes', 'Ja', 'Oui', 'Sí', 'Sì', 'Sim'],
  ['No', 'Nein', 'Non', 'No', 'No', 'Não'],
  ['Today', 'Heute', "Aujourd'hui", 'Hoy', 'Oggi', 'Hoje'],
  ['Tomorrow', 'Morgen', 'Demain', 'Mañana', 'Domani', 'Amanhã'],
  ['Yesterday', 'Gestern', 'Hier', 'Ayer', 'Ieri', 'Ontem'],
  ['Water', 'Wasser', 'Eau', 'Agua', 'Acqua', 'Água'],
  ['Bread', 'Brot', 'Pain', 'Pan', 'Pane', 'Pão'],
  ['House', 'Haus', 'Maison', 'Casa', 'Casa', 'Casa'],
  ['Book', 'Buch', 'Livre', 'Libro', 'Libro', 'Livro'],
  ['Friend', 'Freund', 'Ami', 'Amigo', 'Amico', 'Amigo'],
  ['Customer', 'Kunde', 'Client', 'Cliente', 'Cliente', 'Cliente'],
  ['Product', 'Produkt', 'Produit', 'Producto', 'Prodotto', 'Produto'],
  ['Price', 'Preis', 'Prix', 'Precio', 'Prezzo', 'Preço'],
  ['Year', 'Jahr', 'Année', 'Año', 'Anno', 'Ano'],
  ['One', 'Eins', 'Un', 'Uno', 'Uno', 'Um'],
  ['Two', 'Zwei', 'Deux', 'Dos', 'Due', 'Dois'],
  ['Three', 'Drei', 'Trois', 'Tres', 'Tre', 'Três'],
]

interface Phrase {
  readonly text: string
  /** Code of the language; undefined to look through all. */
  readonly from: string | undefined
  readonly to: string
}

/** The phrase in the other language, with the mark at its end; or a sentence that says plainly what this model is not. */
export function translatePhrase({ text, from, to }: Phrase): string {
  const [, phrase = '', mark = ''] = /^[¿¡\s]*(.*?)\s*([.!?]*)\s*$/s.exec(text) ?? []
  const sources = from === undefined ? languages.map((_, column) => column) : [columnOf(from)]
  const target = columnOf(to)
  for (const source of sources) {
    const row = phrases.find((entry) => entry[source]?.toLowerCase() === phrase.toLowerCase())
    const found = row?.[target]
    if (found !== undefined) return `${found}${mark}`
  }
  return (
    'I am the offline model of the local emulator and no translator: I know a few dozen everyday words and phrases in ' +
    'English, German, French, Spanish, Italian and Portuguese, and this text is none of them.'
  )
}

/** Where a language stands in the rows, -1 for one that does not; a regional code, such as `pt-BR`, is its language. */
function columnOf(code: string): number {
  return languages.indexOf(code.split('-', 1)[0] ?? code)
}
