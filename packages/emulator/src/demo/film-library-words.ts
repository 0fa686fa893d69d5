/** Words from which the rows of the film library are put together. All films and people are invented. */

export const languages: readonly string[] = ['English', 'French', 'German', 'Swedish', 'Italian', 'Japanese', 'Spanish']

export const genres: readonly string[] = [
  'Comedy',
  'Drama',
  'Thriller',
  'Western',
  'Documentary',
  'Musical',
  'Horror',
  'Romance',
  'Science Fiction',
  'Animation',
]

const titleOpenings = [
  'Quiet',
  'Last',
  'Paper',
  'Northern',
  'Silver',
  'Hollow',
  'Borrowed',
  'Seventh',
  'Salt',
  'Winter',
]
const titleThings = ['Harbour', 'Lantern', 'Orchard', 'Telegram', 'Ferry', 'Piano', 'Lighthouse', 'Carousel', 'Parade']

/** Ninety titles, no two alike. */
export const titles: readonly string[] = titleOpenings.flatMap((opening) =>
  titleThings.map((thing) => `The ${opening} ${thing}`),
)

export const nationalities: readonly string[] = [
  'Sweden',
  'France',
  'Italy',
  'Japan',
  'Ireland',
  'Canada',
  'Germany',
  'Mexico',
]

export const personFirstNames: readonly string[] =
  'Agnes Bruno Celia Dagmar Edgar Fiona Gustav Helga Ines Jasper Klara Leopold Marta Nils Odile Pierre Quentin Rosa Sverre Tilda'.split(
    ' ',
  )

export const personLastNames: readonly string[] =
  'Arnaud Bellini Corrigan Dufour Engstrom Fujita Grimaldi Hasegawa Ibarra Kavanagh Lindahl Moretti Nordin Oyama Perrault Quiroga Rasmussen Sorensen Tremblay Voss'.split(
    ' ',
  )

export const memberFirstNames: readonly string[] =
  'Alma Benno Carla Dennis Ewa Finn Gita Hugo Ilse Joel Kim Lena Milo Nora Otto Paula Rune Sonja Theo Wanda'.split(' ')

export const memberLastNames: readonly string[] =
  'Ashdown Birch Cromwell Dexter Elmwood Fairley Goodwin Holm Ivory Jessop Kirk Lowell Marsh Norden Oakley Penrose Rowan Stroud Thatcher Vance'.split(
    ' ',
  )

export const memberCities: readonly string[] = [
  'Oakham',
  'Brightwater',
  'Fernhill',
  'Millbrook',
  'Stonebridge',
  'Westerly',
]

export const roleNames: readonly string[] = [
  'the pilot',
  'the widow',
  'the detective',
  'the baker',
  'the stranger',
  'the captain',
  'the teacher',
  'the gambler',
  'the doctor',
  'the neighbour',
]
