"""Given names that are common in Britain, of many origins, lower case: a column in which many stand holds people.

Chosen from the most frequent names in the ONS's lists of baby names of the last century. Names that are as common
as other words in kinds of contact, places and agencies (Hope, Grace, May, Will, Mark, Rose, Dawn, Iris) are left out.
"""

from __future__ import annotations

from typing import Final

GIVEN_NAMES: Final = frozenset(
    """
    aaliyah aaron abdul abdullah abigail adam adrian agnes ahmed aidan aisha alan albert alexander
    alexandra alfie alice alicia alison amanda amelia amina amir amy andrea andrew angela anita ann
    anna anne annette anthony antonio arjun arthur asha ashley audrey ayesha barbara beatrice ben
    benjamin bernard beryl bethany betty beverley bilal brandon brenda brian bridget bryan callum
    cameron carl carol caroline catherine cathy charles charlie charlotte cheryl chloe chris
    christian christina christine christopher claire clare clive colin connor craig cynthia daniel
    darren david dean deborah debra denise dennis derek diana diane dominic donald donna doreen
    doris dorothy douglas duncan dylan edith edward eileen elaine eleanor elizabeth ella ellie emily
    emma eric erin esther ethan eva evelyn evie fatima fiona florence frances francis frank freddie
    frederick gareth gary gavin gemma geoffrey george georgia gerald gillian glen gordon graham
    grzegorz gurpreet hamza hannah harpreet harriet harry hassan hazel heather helen henry hilda
    holly howard hugh hussain ian ibrahim irene isaac isabella isla ivy jack jackie jacob jacqueline
    jade jake james jamie jane janet janice jason jayden jean jeffrey jennifer jeremy jessica jill
    joan joanna joanne joel john jonathan jordan jose joseph joshua joyce judith julia julian julie
    june justin kai karen karl kate katherine kathleen katie kayleigh keith kelly kenneth kerry
    kevin khadija kieran kimberley kofi krzysztof kwame kyle laura lauren leah leanne lee leo leon
    leonard lesley leslie lewis liam lilian lily linda lisa logan lorraine louis louise lucas lucy
    luke lydia lynn maisie malcolm manpreet marcin marcus margaret maria marian marie marilyn marion
    marjorie martin martyn mary maryam mateusz matilda matthew maureen maxwell megan melanie melissa
    michael michelle mildred millie mohamed mohammad mohammed molly monica muhammad nadia nancy
    naomi natalie natasha nathan neil neville nicholas nicola nigel nina noah norma norman oliver
    olivia omar oscar owen pamela patricia patrick paul paula pauline peggy peter philip phoebe
    phyllis pippa piotr priya rachel raj rajesh ralph raymond rebecca reginald reuben rhys richard
    riley robert robin roger ronald rosemary rosie ross roy ruby russell ruth ryan sabrina sally
    samantha samuel sandra sanjay sara sarah sasha scarlett scott sean sebastian shane shannon
    sharon sheila shirley sian simon siobhan sophia sophie stacey stanley stella stephanie stephen
    steven stewart stuart susan suzanne sylvia tamara tanya tara teresa terence thelma theo theresa
    thomas timothy tina tony tracey trevor tyler umar usman valerie vanessa vera veronica victor
    victoria vincent violet wayne wendy wesley wilfred william winifred yasmin yusuf yvonne zachary
    zahra zainab zoe
    """.split()  # noqa: SIM905 - three hundred names read better as words than as a list
)
