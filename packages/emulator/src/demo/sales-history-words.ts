/** Words from which the demo rows are put together. */

export const firstNames: Readonly<Record<'F' | 'M', readonly string[]>> = {
  F: 'Ada Amara Beatriz Clara Dilys Elif Esther Freya Greta Hana Ines Jolene Kaia Leila Mina Nadia Orla Petra Ruth Signe Tamsin Uma Vera Willa Yuki'.split(
    ' ',
  ),
  M: 'Aaron Anton Bram Caleb Dario Emil Farid Gideon Henrik Ivo Jonas Kenji Lars Mateo Nikhil Oscar Pavel Rafael Silas Tomas Umberto Viktor Wim Yusuf Zeno'.split(
    ' ',
  ),
}

export const lastNames: readonly string[] =
  'Abbot Almeida Barlow Bergstrom Castell Chandra Dahl Dorsey Eklund Falk Ferrante Garner Haddad Hollis Iyer Janssen Kessler Kowal Lindqvist Lorca Marchetti Moreau Nakata Nyberg Okafor Ortega Pereira Quist Radley Rossi Sandoval Sato Tanaka Thorne Urban Vogel Wexler Winslow Yilmaz Zeller'.split(
    ' ',
  )

export const maritalStatuses: readonly string[] = ['married', 'single', 'divorced', 'widowed']

export const incomeLevels: readonly string[] = [
  'A: Below 30,000',
  'B: 30,000 - 49,999',
  'C: 50,000 - 69,999',
  'D: 70,000 - 89,999',
  'E: 90,000 - 109,999',
  'F: 110,000 - 149,999',
  'G: 150,000 and above',
]

export const creditLimits: readonly number[] = [1500, 3000, 5000, 7000, 9000, 10000, 11000, 15000]

/** Description, class and share of the sales of each sales channel. */
export const channels: readonly (readonly [description: string, channelClass: string, weight: number])[] = [
  ['Direct Sales', 'Direct', 38],
  ['Partners', 'Others', 22],
  ['Internet', 'Indirect', 30],
  ['Tele Sales', 'Direct', 8],
  ['Catalog', 'Indirect', 2],
]

export interface ProductLine {
  readonly category: string
  readonly subcategory: string
  readonly lowestPrice: number
  readonly names: readonly string[]
}

/** Eighteen lines of four products each. */
export const productLines: readonly ProductLine[] = [
  line(
    'Photo',
    'Cameras',
    240,
    'Heron Compact Camera',
    'Heron Mirrorless Camera',
    'Kestrel Action Camera',
    'Plover Film Camera',
  ),
  line('Photo', 'Camera Lenses', 150, 'Heron 24mm Lens', 'Heron 50mm Lens', 'Heron 85mm Lens', 'Kestrel Zoom Lens'),
  line(
    'Photo',
    'Camera Bags',
    35,
    'Fieldfare Sling Bag',
    'Fieldfare Camera Backpack',
    'Fieldfare Hard Case',
    'Wren Lens Pouch',
  ),
  line(
    'Electronics',
    'Headphones',
    49,
    'Curlew Studio Headphones',
    'Curlew Sport Earbuds',
    'Lapwing Travel Headphones',
    'Lapwing Kids Headphones',
  ),
  line(
    'Electronics',
    'Speakers',
    79,
    'Bittern Shelf Speakers',
    'Bittern Soundbar',
    'Dunlin Pocket Speaker',
    'Dunlin Garden Speaker',
  ),
  line(
    'Electronics',
    'Home Video',
    199,
    'Osprey Projector',
    'Osprey 43 Inch Television',
    'Osprey 55 Inch Television',
    'Merlin Media Player',
  ),
  line(
    'Hardware',
    'Laptops',
    690,
    'Gannet 13 Laptop',
    'Gannet 15 Laptop',
    'Gannet Workstation Laptop',
    'Fulmar Student Laptop',
  ),
  line(
    'Hardware',
    'Monitors',
    159,
    'Gannet 24 Inch Monitor',
    'Gannet 27 Inch Monitor',
    'Fulmar Portable Monitor',
    'Fulmar Curved Monitor',
  ),
  line(
    'Hardware',
    'Printers',
    119,
    'Petrel Ink Printer',
    'Petrel Laser Printer',
    'Petrel Label Printer',
    'Skua Photo Printer',
  ),
  line(
    'Peripherals',
    'Keyboards',
    29,
    'Dotterel Office Keyboard',
    'Dotterel Mechanical Keyboard',
    'Sanderling Travel Keyboard',
    'Sanderling Number Pad',
  ),
  line(
    'Peripherals',
    'Mice',
    15,
    'Dotterel Desk Mouse',
    'Dotterel Vertical Mouse',
    'Sanderling Travel Mouse',
    'Sanderling Trackball',
  ),
  line(
    'Peripherals',
    'Storage',
    45,
    'Redshank 1 TB Disk',
    'Redshank 4 TB Disk',
    'Turnstone Memory Card',
    'Turnstone Memory Stick',
  ),
  line(
    'Software',
    'Operating Systems',
    99,
    'Avocet System Home',
    'Avocet System Office',
    'Avocet System Server',
    'Avocet System Upgrade',
  ),
  line('Software', 'Games', 19, 'Harbour Builders', 'Night Train Mystery', 'Paper Kingdoms', 'Orbit Gardeners'),
  line(
    'Software',
    'Creative Software',
    59,
    'Smew Photo Editor',
    'Smew Video Editor',
    'Smew Sound Editor',
    'Smew Page Layout',
  ),
  line(
    'Accessories',
    'Cables',
    7,
    'Wigeon Charging Cable',
    'Wigeon Display Cable',
    'Wigeon Audio Cable',
    'Wigeon Network Cable',
  ),
  line(
    'Accessories',
    'Batteries',
    12,
    'Teal Camera Battery',
    'Teal Laptop Battery',
    'Teal Power Bank',
    'Teal Solar Charger',
  ),
  line(
    'Accessories',
    'Phone Cases',
    11,
    'Wren Leather Case',
    'Wren Clear Case',
    'Wren Rugged Case',
    'Wren Folding Case',
  ),
]

export interface PromotionKind {
  readonly category: string
  readonly subcategory: string
  readonly lowestCost: number
  readonly highestCost: number
}

export const promotionKinds: readonly PromotionKind[] = [
  { category: 'newspaper', subcategory: 'regional newspaper', lowestCost: 200, highestCost: 9_500 },
  { category: 'newspaper', subcategory: 'national newspaper', lowestCost: 5_000, highestCost: 30_000 },
  { category: 'post', subcategory: 'letter', lowestCost: 300, highestCost: 6_000 },
  { category: 'post', subcategory: 'coupon booklet', lowestCost: 500, highestCost: 12_000 },
  { category: 'internet', subcategory: 'banner', lowestCost: 100, highestCost: 8_000 },
  { category: 'internet', subcategory: 'online discount', lowestCost: 50, highestCost: 4_500 },
  { category: 'radio', subcategory: 'radio spot', lowestCost: 800, highestCost: 25_000 },
  { category: 'television', subcategory: 'television spot', lowestCost: 9_000, highestCost: 98_000 },
  { category: 'magazine', subcategory: 'full page', lowestCost: 2_000, highestCost: 40_000 },
  { category: 'flyer', subcategory: 'doorstep flyer', lowestCost: 100, highestCost: 1_500 },
  { category: 'outdoor', subcategory: 'billboard', lowestCost: 1_000, highestCost: 18_000 },
]

export const promotionThemes: readonly string[] = [
  'spring cleaning',
  'back to school',
  'winter warm-up',
  'summer holiday',
  'anniversary',
  'new customer',
  'everyday low price',
  'loyalty',
  'long weekend',
  'clear the shelves',
]

function line(category: string, subcategory: string, lowestPrice: number, ...names: string[]): ProductLine {
  return { category, subcategory, lowestPrice, names }
}
