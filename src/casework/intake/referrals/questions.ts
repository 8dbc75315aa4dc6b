/**
 * The questions of a referral, one a page. A question says whom it is asked about, how its page looks, how what was typed
 * is read, and how the answer stands on the page where answers are checked.
 */
import { calendarWords } from '../../../platform/calendar.ts'
import { type Faults, readChoice, readText, type Typed, typedList } from '../../../platform/typed-form.ts'
import {
  type Answers,
  careWords,
  disabilityWords,
  ethnicityWords,
  genderWords,
  kindWords,
} from './answers.ts'
import { bases } from './bases.ts'
import { NAME_LENGTH, TEXT_LENGTH } from './read-answers.ts'
import { otherWords, type ReadContext, readBirth, readOthers, readTold } from './read-people.ts'
import { isSign, signText } from './signs.ts'
import { urgencies } from './urgency.ts'

export interface Question {
  id: QuestionId
  /** The heading, which is the question. */
  title(answers: Answers): string
  asked(answers: Answers): boolean
  /** What to keep; undefined answers are taken away. `faults` gets a sentence for each field that cannot be kept. */
  read(typed: Typed, faults: Faults, context: ReadContext): Answers
  /** Rows of the page where answers are checked. */
  shown(answers: Answers): { label: string; value: string }[]
  /** Answers that are free text, for the check of careful words. */
  free?: readonly (keyof Answers)[]
}

export const questionIds = [
  'urgency',
  'kind',
  'name',
  'called',
  'born',
  'about',
  'needs',
  'lives',
  'others',
  'signs',
  'seen',
  'said',
  'strengths',
  'basis',
  'told',
] as const

export type QuestionId = (typeof questionIds)[number]

export const isQuestion = (text: string): text is QuestionId =>
  (questionIds as readonly string[]).includes(text)

/** A text, or nothing where it is empty: an answer that was emptied is taken away. */
const answer = (...asked: Parameters<typeof readText>): string | undefined => readText(...asked) || undefined

const isPerson = ({ kind }: Answers) => kind === 'child' || kind === 'adult'
const isSetting = ({ kind }: Answers) => kind === 'place' || kind === 'school' || kind === 'group'
const subject = ({ kind }: Answers) => (kind ? kindWords[kind].subject : 'they')

const questionList: readonly Question[] = [
  {
    id: 'urgency',
    title: () => 'How soon must somebody look at this?',
    asked: () => true,
    read: (typed, faults) => ({
      urgency: readChoice(typed, 'urgency', urgencies, 'Choose how soon somebody must look at this.', faults),
    }),
    shown: ({ urgency }) => [{ label: 'How soon', value: urgency ? urgencies[urgency].title : '' }],
  },
  {
    id: 'kind',
    title: () => 'Who or what is this about?',
    asked: () => true,
    read: (typed, faults) => ({
      kind: readChoice(typed, 'kind', kindWords, 'Choose who or what this is about.', faults),
    }),
    shown: ({ kind }) => [{ label: 'About', value: kind ? kindWords[kind].title : '' }],
  },
  {
    id: 'name',
    title: answers => `What is ${subject(answers)} called?`,
    asked: isPerson,
    read: (typed, faults) => {
      const name = {
        given: answer(typed, 'given', { label: 'Given name', most: NAME_LENGTH }, faults),
        family: answer(typed, 'family', { label: 'Family name', most: NAME_LENGTH }, faults),
        alsoKnownAs: answer(typed, 'alsoKnownAs', { label: 'Also known as', most: NAME_LENGTH }, faults),
      }
      if (!name.given && !name.family && !name.alsoKnownAs) {
        faults.given = 'Enter at least one name that they are known by.'
      }
      return name
    },
    shown: ({ given, family, alsoKnownAs }) => [
      { label: 'Name', value: [given, family].filter(Boolean).join(' ') },
      { label: 'Also known as', value: alsoKnownAs ?? '' },
    ],
  },
  {
    id: 'called',
    title: answers =>
      answers.kind === 'family'
        ? 'Which family is it?'
        : answers.kind === 'group'
          ? 'Which children or young people are they?'
          : `Which ${answers.kind ?? 'place'} is it?`,
    asked: ({ kind }) => kind !== undefined && kind !== 'child' && kind !== 'adult',
    read: (typed, faults, { answers }) => ({
      called: answer(
        typed,
        'called',
        {
          label: 'The name',
          most: NAME_LENGTH,
          needed: `Say which ${answers.kind} you mean, in a few words.`,
        },
        faults,
      ),
      where: answer(typed, 'where', { label: 'Where', most: NAME_LENGTH }, faults),
    }),
    shown: ({ called, where }) => [
      { label: 'Which', value: called ?? '' },
      { label: 'Where', value: where ?? '' },
    ],
  },
  {
    id: 'born',
    title: answers => `When was ${subject(answers)} born?`,
    asked: isPerson,
    read: readBirth,
    shown: answers => [
      { label: 'Date of birth', value: answers.birthDate ? calendarWords(answers.birthDate) : '' },
      { label: 'Age', value: answers.age ? `About ${answers.age}` : '' },
    ],
  },
  {
    id: 'about',
    title: answers => `How would ${subject(answers)} describe themselves?`,
    asked: isPerson,
    read: (typed, faults) => ({
      gender: readChoice(typed, 'gender', genderWords, 'Choose a gender, or that it is not known.', faults),
      ethnicity: readChoice(
        typed,
        'ethnicity',
        ethnicityWords,
        'Choose an ethnic group, or that it is not known.',
        faults,
      ),
    }),
    shown: ({ gender, ethnicity }) => [
      { label: 'Gender', value: gender ? genderWords[gender] : '' },
      { label: 'Ethnic group', value: ethnicity ? ethnicityWords[ethnicity] : '' },
    ],
  },
  {
    // For counting who is reached (R24), and so that help fits; nobody is filtered or sorted by it (R8).
    id: 'needs',
    title: answers => `Is ${subject(answers)} disabled, or looked after by a council?`,
    asked: isPerson,
    read: (typed, faults) => ({
      disability: readChoice(
        typed,
        'disability',
        disabilityWords,
        'Choose about disability, or that it is not known.',
        faults,
      ),
      care: readChoice(typed, 'care', careWords, 'Choose about care, or that it is not known.', faults),
    }),
    shown: ({ disability, care }) => [
      { label: 'Disability', value: disability ? disabilityWords[disability] : '' },
      { label: 'Care', value: care ? careWords[care] : '' },
    ],
  },
  {
    id: 'lives',
    title: answers => `Where can ${subject(answers)} be found?`,
    asked: answers => isPerson(answers) || answers.kind === 'family',
    read: (typed, faults) => ({
      address: answer(typed, 'address', { label: 'Address', most: NAME_LENGTH }, faults),
      postcode: answer(typed, 'postcode', { label: 'Postcode', most: 20 }, faults)?.toUpperCase(),
      school: answer(typed, 'school', { label: 'School or college', most: NAME_LENGTH }, faults),
    }),
    shown: ({ address, postcode, school }) => [
      { label: 'Address', value: [address, postcode].filter(Boolean).join(', ') },
      { label: 'School or college', value: school ?? '' },
    ],
  },
  {
    id: 'others',
    title: ({ kind }) =>
      kind === 'family'
        ? 'Who is in the family?'
        : kind === 'group'
          ? 'Which children may be harmed?'
          : 'Are there brothers, sisters or other children at home?',
    asked: ({ kind }) => kind === 'child' || kind === 'adult' || kind === 'family' || kind === 'group',
    read: (typed, faults) => ({ others: readOthers(typed, faults) }),
    shown: ({ others }) => [{ label: 'Others', value: (others ?? []).map(otherWords).join('\n') }],
  },
  {
    id: 'signs',
    title: () => 'Have you noticed any of these?',
    asked: answers => isPerson(answers) || answers.kind === 'family',
    read: typed => ({ signs: [...new Set(typedList(typed, 'signs'))].filter(isSign) }),
    shown: ({ signs }) => [{ label: 'Signs noticed', value: (signs ?? []).map(signText).join('\n') }],
  },
  {
    id: 'seen',
    title: () => 'What have you seen or heard?',
    asked: () => true,
    read: (typed, faults, { answers }) => ({
      seen: answer(
        typed,
        'seen',
        {
          label: 'What you have seen or heard',
          most: TEXT_LENGTH,
          ...(isSetting(answers) ? { needed: 'Say what you have seen or heard, in your own words.' } : {}),
        },
        faults,
      ),
    }),
    shown: ({ seen }) => [{ label: 'Seen or heard', value: seen ?? '' }],
    free: ['seen'],
  },
  {
    id: 'said',
    title: answers => `What does ${subject(answers)} say, and want?`,
    asked: answers => isPerson(answers) || answers.kind === 'family',
    read: (typed, faults) => ({
      said: answer(typed, 'said', { label: 'What they said', most: TEXT_LENGTH }, faults),
      wants: answer(typed, 'wants', { label: 'What they want', most: TEXT_LENGTH }, faults),
    }),
    shown: ({ said, wants }) => [
      { label: 'In their own words', value: said ?? '' },
      { label: 'What they want', value: wants ?? '' },
    ],
  },
  {
    id: 'strengths',
    title: () => 'What is going well, and whom do they trust?',
    asked: () => true,
    read: (typed, faults) => ({
      strengths: answer(typed, 'strengths', { label: 'What is going well', most: TEXT_LENGTH }, faults),
    }),
    shown: ({ strengths }) => [{ label: 'Going well', value: strengths ?? '' }],
    free: ['strengths'],
  },
  {
    id: 'basis',
    title: () => 'On what basis do you share this?',
    asked: () => true,
    read: (typed, faults) => ({
      basis: readChoice(typed, 'basis', bases, 'Choose the basis on which you share this.', faults),
    }),
    shown: ({ basis }) => [{ label: 'Basis', value: basis ? bases[basis].title : '' }],
  },
  {
    id: 'told',
    title: answers =>
      isPerson(answers) || answers.kind === 'family'
        ? `Does ${subject(answers)}, or a parent or carer, know of this referral?`
        : 'Do the people concerned know of this referral?',
    asked: () => true,
    read: readTold,
    shown: ({ told, whyNotTold }) => [
      { label: 'Were they told', value: told === 'yes' ? 'Yes' : told === 'no' ? 'No' : '' },
      { label: 'Why not', value: whyNotTold ?? '' },
    ],
    free: ['whyNotTold'],
  },
]

export const questions: Record<QuestionId, Question> = Object.fromEntries(
  questionList.map(question => [question.id, question]),
) as Record<QuestionId, Question>

/** The questions that are asked, in order, as far as the answers tell. */
export const asked = (answers: Answers): Question[] =>
  answers.kind === undefined ? questionList.slice(0, 2) : questionList.filter(q => q.asked(answers))

/** The answers of the questions that are asked: those to questions of another kind are left behind. */
export function answersAsked(answers: Answers): Answers {
  const names = new Set<string>(['rang', 'emergencyBecause'])
  const none: Faults = {}
  for (const question of asked(answers)) {
    const context = { answers, today: '2000-01-01' }
    for (const name of Object.keys(question.read({}, none, context))) names.add(name)
  }
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name))) as Answers
}
