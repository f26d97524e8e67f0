"""Who there is in the regency, and who acts on what."""

from regency_accounts import Account, make_handle, make_id, person_name, stem_of
from regency_campaign import make_campaign
from regency_dice import weighted
from regency_mixture import ROWS
from regency_roster import make_roster


class World:
    """The people and accounts, drawn once, and draws among them."""

    def __init__(self, rng):
        self.rng = rng
        self.roster_rows, self.rostered = make_roster(rng)
        self.campaign_rows, self.campaign = make_campaign(rng)
        self.strangers = {p: [self.stranger(p) for _ in range(max(60, n // 4))]
                          for p, n in ROWS.items()}

    def stranger(self, platform):
        name = person_name(self.rng)
        return Account(platform, make_id(self.rng, platform),
                       make_handle(platform, stem_of(self.rng, name)), name,
                       weighted(self.rng, [("both", 80), ("id", 10), ("handle", 10)]))

    def rostered_on(self, platform):
        """Some people write far more than others: the first of the list do."""
        own = [account for account in self.rostered if account.platform == platform]
        return own[min(int(self.rng.expovariate(4 / len(own))), len(own) - 1)]

    def stranger_on(self, platform):
        own = self.strangers[platform]
        return own[min(int(self.rng.expovariate(4 / len(own))), len(own) - 1)]

    def bystander_on(self, platform):
        """A target that is no campaign account: anybody, a colleague, media, an office."""
        idle = [a for a in self.campaign
                if a.platform == platform and a.type in ("institution", "media")]
        roll = self.rng.random()
        if idle and roll < 0.12:
            return self.rng.choice(idle)
        return self.rostered_on(platform) if roll < 0.4 else self.stranger_on(platform)

    def campaign_on(self, platform, candidate, at):
        return [a for a in self.campaign if a.platform == platform and a.candidate is candidate
                and a.type not in ("institution", "media")
                and (a.until is None or at.date() <= a.until)]
