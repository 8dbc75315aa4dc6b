/** Small files of made-up rows, as partners would send them. */

const header =
  'recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n'
const methods = ['sweep', 'surrender', 'stop_search', 'arrest']
const weapons = ['knife', 'machete', 'other']

/** Weapons recovered from January 2018 to June 2019, `perMonth` a month. */
export function weaponsRecovered(perMonth = 6): string {
  const rows: string[] = []
  for (let month = 0; month < 18; month++) {
    const on = `${2018 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    for (let i = 0; i < perMonth; i++) {
      const day = String(1 + ((i * 5) % 28)).padStart(2, '0')
      rows.push(
        `SYN-W-${month}-${i},west-midlands,${on}-${day},${weapons[i % 3]},1,${methods[(i + month) % 4]},,-1.8972,52.4836,\n`,
      )
    }
  }
  return header + rows.join('')
}

/** Three sound rows, and two that cannot be. */
export const withFaults = [
  header,
  'SYN-F-1,west-midlands,2019-07-02,knife,1,sweep,,-1.8972,52.4836,\n',
  'SYN-F-2,west-midlands,2019-07-03,knife,1,sweep,,-1.8972,52.4836,\n',
  'SYN-F-3,west-midlands,2019-07-04,knife,1,sweep,,-1.8972,52.4836,\n',
  'SYN-F-4,west-midlands,2019-02-31,knife,1,sweep,,-1.8972,52.4836,\n',
  'SYN-F-5,west-midlands,2019-07-05,knife,-4,sweep,,-1.8972,52.4836,\n',
].join('')
