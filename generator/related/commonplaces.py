"""List the words that abstracts of every field are made of.

Most were learned from two public collections, IJCAI 2020 to 2023 and SciTLDR-A: words of one
paper in a hundred or more that a paper's nearest ones hardly have more often than any others.
"""

from __future__ import annotations

from generator.text import word_set

COMMONPLACES = word_set(
    """
    abl abov accord account achiev actual add addit addition address advanc advantag affect aim
    allevi allow along altern although alway amount anoth appear appli applic approach appropri
    area argu aris ask assumpt attempt avail base baselin basic be becom befor benchmark benefit
    besid best better between beyond big both bridg build call case caus certain challeng choic
    classic close combin come common commonli compar comparison confirm consequ consid consider
    consist contain contrast contribut convent core correspond counterpart crucial current data
    dataset deal defin demonstr deriv describ design despit detail develop differ difficult
    difficulti directli discuss distinct divers due dure each easi easili effect effici effort
    employ enabl encourag enhanc enough ensur entir especi essenti establish evalu even exhibit
    exist expens experi experiment explicit explicitli exploit explor extend extens extra extrem
    facilit fact far fashion fast favor fewer final find first firstli five focu focus follow forc
    form four framework fulli fundament further furthermor futur gain gener get give given goe good
    great handl have help henc here high highli idea identifi illustr implement implicitli import
    impos improv includ incorpor increas increasingli indic induc inher insight inspir instead
    intract introduc intuit investig involv issu itself jointli just keep key kind lack larg latter
    lead least less let leverag like limit literatur littl long look low made main maintain major
    make mani manner manual mean method model modifi more moreov most motiv much multipl necessari
    need never new novel number observ obtain occur often on open origin other outperform over
    overal overcom paper part particular particularli past perform popular possibl potenti practic
    presenc present preserv previou prior problem produc promis propos proven provid purpos put
    quick randomli rang reach recent regard rel relat reli remain repres requir research respect
    restrict result return reveal review run said same say second seem set sever short show shown
    signific significantli similar simpl simpli singl slow small solut some sort stand state still
    strong studi substanti success successfulli such suffici suggest suit suitabl superior survei
    system tackl take task techniqu them themselv therebi therefor they thing those though three
    through thu time togeth total tradit true turn two type typic under understand unfortun unifi
    unlik us usual util valid vari varieti variou veri version via way well where who whole whose
    wide within without work yield
    """
)
"""Their stems."""

NOUNS = word_set("data model system task time")
"""Those that are part of names: `language model`."""
