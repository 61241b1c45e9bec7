import { chance, seededGuid } from './seeded'

/** A customer tenant of the sample. */
export interface Customer {
  readonly id: string
  readonly name: string
  /** The initial domain of the tenant. */
  readonly domain: string
  /** Whether its devices are managed by Intune. */
  readonly hasIntune: boolean
}

/** The customer whose GDAP relationship expired this week. */
export const EXPIRED = 'wingtiptoys'

/** The customer that was without its Entra ID P1 licenses in an earlier week. */
export const UNLICENSED = 'lucernepublishing'

// Microsoft's fictitious companies and some of our own, with the scripts that customers write their names in.
const NAMES: Readonly<Record<string, string>> = {
  adatum: 'A. Datum Corporation',
  adventureworks: 'Adventure Works Cycles',
  aegeanseaways: 'Αιγαίες Ακτοπλοϊκές Γραμμές',
  akerlundbygg: 'Åkerlund & Öberg Bygg',
  alpineskihouse: 'Alpine Ski House',
  bellowscollege: 'Bellows College',
  blueyonder: 'Blue Yonder Airlines',
  boulangeriechatelaine: 'Boulangerie Châtelaine',
  citypowerlight: 'City Power & Light',
  cohovineyard: 'Coho Vineyard & Winery',
  consolidatedmessenger: 'Consolidated Messenger',
  contoso: 'Contoso Ltd.',
  contosopharma: 'Contoso Pharmaceuticals',
  fabrikam: 'Fabrikam, Inc.',
  fabrikamresidences: 'Fabrikam Residences',
  firstup: 'First Up Consultants',
  fourthcoffee: 'Fourth Coffee',
  graphicdesign: 'Graphic Design Institute',
  gruenwald: 'Bäckerei Grünwald',
  hoshinoseiki: '星乃精機株式会社',
  humongous: 'Humongous Insurance',
  lamnahealthcare: 'Lamna Healthcare',
  litware: 'Litware, Inc.',
  lucernepublishing: 'Lucerne Publishing',
  margiestravel: "Margie's Travel",
  munsonpickles: "Munson's Pickles and Preserves Farm",
  nodpublishers: 'Nod Publishers',
  northwind: 'Northwind Traders',
  palmoasis: 'واحة النخيل للتجارة',
  proseware: 'Proseware, Inc.',
  relecloud: 'Relecloud',
  southridge: 'Southridge Video',
  tailspintoys: 'Tailspin Toys',
  treyresearch: 'Trey Research',
  vanarsdel: 'VanArsdel, Ltd.',
  wideworld: 'Wide World Importers',
  wingtiptoys: 'Wingtip Toys',
  woodgrove: 'Woodgrove Bank',
  zolwdrukarnia: 'Drukarnia Żółw',
  zurmuehle: 'Zur Mühle Maschinenbau GmbH',
}

/** The forty customers, in the order of their domains. */
export const CUSTOMERS: readonly Customer[] = Object.entries(NAMES).map(([key, name]) => ({
  id: seededGuid('customer', key),
  name,
  domain: `${key}.onmicrosoft.com`,
  hasIntune: key === EXPIRED || chance('intune', key) < 0.8,
}))

/** Whether the customer is the one with this domain, its ending aside. */
export function isCustomer({ domain }: Customer, key: string): boolean {
  return domain === `${key}.onmicrosoft.com`
}
