/**
 * Police forces of England and Wales, Northern Ireland and the railways, by the name that data.police.uk
 * uses in addresses and file names, with the names that appear in its columns.
 *
 * Source: data.police.uk, list of forces.
 */
import type { CodeList } from './code-list.ts'

const territorial: [slug: string, name: string, ...aliases: string[]][] = [
  ['avon-and-somerset', 'Avon and Somerset Constabulary'],
  ['bedfordshire', 'Bedfordshire Police'],
  ['cambridgeshire', 'Cambridgeshire Constabulary'],
  ['cheshire', 'Cheshire Constabulary'],
  ['city-of-london', 'City of London Police'],
  ['cleveland', 'Cleveland Police'],
  ['cumbria', 'Cumbria Constabulary'],
  ['derbyshire', 'Derbyshire Constabulary'],
  ['devon-and-cornwall', 'Devon & Cornwall Police'],
  ['dorset', 'Dorset Police'],
  ['durham', 'Durham Constabulary'],
  ['dyfed-powys', 'Dyfed-Powys Police'],
  ['essex', 'Essex Police'],
  ['gloucestershire', 'Gloucestershire Constabulary'],
  ['greater-manchester', 'Greater Manchester Police'],
  ['gwent', 'Gwent Police'],
  ['hampshire', 'Hampshire Constabulary'],
  ['hertfordshire', 'Hertfordshire Constabulary'],
  ['humberside', 'Humberside Police'],
  ['kent', 'Kent Police'],
  ['lancashire', 'Lancashire Constabulary'],
  ['leicestershire', 'Leicestershire Police'],
  ['lincolnshire', 'Lincolnshire Police'],
  ['merseyside', 'Merseyside Police'],
  ['metropolitan', 'Metropolitan Police Service'],
  ['norfolk', 'Norfolk Constabulary'],
  ['north-wales', 'North Wales Police'],
  ['north-yorkshire', 'North Yorkshire Police'],
  ['northamptonshire', 'Northamptonshire Police'],
  ['northumbria', 'Northumbria Police'],
  ['nottinghamshire', 'Nottinghamshire Police'],
  ['south-wales', 'South Wales Police'],
  ['south-yorkshire', 'South Yorkshire Police'],
  ['staffordshire', 'Staffordshire Police'],
  ['suffolk', 'Suffolk Constabulary'],
  ['surrey', 'Surrey Police'],
  ['sussex', 'Sussex Police'],
  ['thames-valley', 'Thames Valley Police'],
  ['warwickshire', 'Warwickshire Police'],
  ['west-mercia', 'West Mercia Police'],
  ['west-midlands', 'West Midlands Police'],
  ['west-yorkshire', 'West Yorkshire Police'],
  ['wiltshire', 'Wiltshire Police'],
  ['northern-ireland', 'Police Service of Northern Ireland'],
  ['btp', 'British Transport Police'],
]

export const forces: CodeList = {
  id: 'forces',
  title: 'Police forces',
  source: 'data.police.uk',
  closed: true,
  codes: territorial.map(([code, label]) => ({ code, label, aliases: [label] })),
}
